internal import ArgumentParser

/// A length of time on the command line: `90s`, `10m`, `1.5h`, or `45`, which are seconds.
package struct DurationArgument: ExpressibleByArgument, Equatable, Sendable {
  package let seconds: Double

  package init(seconds: Double) { self.seconds = seconds }

  package init?(argument: String) {
    var digits = Substring(argument)
    var scale = 1.0
    switch digits.last {
    case "s": digits.removeLast()
    case "m":
      digits.removeLast()
      scale = 60
    case "h":
      digits.removeLast()
      scale = 3600
    default: break
    }
    // Double() alone would take "inf", "0x10" and "1e9" too.
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E }),
      let value = Double(digits), value * scale <= 1e9
    else { return nil }
    seconds = value * scale
  }

  package var defaultValueDescription: String { formatDuration(seconds: seconds) }
}
