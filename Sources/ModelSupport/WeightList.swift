internal import ArgumentParser

/// Shares of several models on the command line: decimal numbers with commas between, `0.7,0.3`.
package struct WeightList: ExpressibleByArgument, Equatable, Sendable {
  /// None is negative and one at least is above 0; their sum is 1.
  package let shares: [Double]

  package init?(argument: String) {
    var numbers: [Double] = []
    for field in argument.utf8.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    {
      // `Double` reads hexadecimals, infinities and what is no number, too.
      guard field.allSatisfy(Self.isOfDecimal), let number = Double(String(Substring(field))) else {
        return nil
      }
      numbers.append(number)
    }
    self.init(numbers)
  }

  /// Makes shares of equal size.
  package init(equalShares count: Int) {
    precondition(count > 0, "shares of \(count) models")
    shares = Array(repeating: 1 / Double(count), count: count)
  }

  /// Divides numbers by their sum; `nil` if it is 0 or one of them negative.
  private init?(_ numbers: [Double]) {
    // First by the greatest, so that no sum of finite numbers is infinite.
    guard numbers.allSatisfy({ $0 >= 0 }), let greatest = numbers.max(), greatest > 0,
      greatest.isFinite
    else { return nil }
    let scaled = numbers.map { $0 / greatest }
    let sum = scaled.reduce(0, +)
    shares = scaled.map { $0 / sum }
  }

  private static func isOfDecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: ".")
      || byte | 0x20 == UInt8(ascii: "e") || byte == UInt8(ascii: "-")
  }
}
