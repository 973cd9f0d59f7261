internal import ArgumentParser
internal import Glibc

/// An amount of memory on the command line, as sort(1) takes it: `512M`, `2G`, `25%`, or `1024`,
/// which are units of 1,024 bytes.
package struct SizeArgument: ExpressibleByArgument, Equatable, Sendable {
  package let byteCount: Int

  package init(byteCount: Int) { self.byteCount = byteCount }

  package init?(argument: String) {
    let digits = argument.prefix { $0.isASCII && $0.isNumber }
    guard let number = Int(digits) else { return nil }
    let unit: Int
    switch argument.dropFirst(digits.count) {
    case "b": unit = 1
    case "", "K", "k": unit = 1 << 10
    case "M", "m": unit = 1 << 20
    case "G", "g": unit = 1 << 30
    case "T", "t": unit = 1 << 40
    case "%":
      guard number <= 100 else { return nil }
      byteCount = physicalMemory() / 100 * number
      return
    default: return nil
    }
    let (product, isTooLarge) = number.multipliedReportingOverflow(by: unit)
    guard !isTooLarge else { return nil }
    byteCount = product
  }

  package var defaultValueDescription: String { "\(byteCount >> 20)M" }
}

/// Returns how many bytes of memory the machine has.
private func physicalMemory() -> Int {
  max(sysconf(Int32(_SC_PHYS_PAGES)), 1) * max(sysconf(Int32(_SC_PAGESIZE)), 1)
}
