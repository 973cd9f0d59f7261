/// What a value on the command line has to look like, told by the name that the help has for it.
enum ValueForm {
  private static let forms: [(names: [String], form: String)] = [
    (["n", "k", "g"], "a whole number"),
    (
      [
        "passes", "share", "rate", "norm", "decay", "weight", "factor", "probability", "bits", "a",
        "b", "l", "p", "t", "x", "tau", "eta",
      ], "a number"
    ),
    (["duration"], "a duration such as 90s, 10m or 1.5h"),
    (["interval"], "a duration such as 60s, or a number of updates such as 500u"),
    (["ids"], "ids with commas between, such as 2000 or 2000,8000"),
    (["size"], "a number of bytes such as 512M, 2G or 25%"),
    (["w,w"], "numbers with commas between, such as 0.7,0.3"),
    (["n,n"], "whole numbers with commas between, such as 7,7"),
  ]

  /// What to add to the parser's sentence about a value that it cannot read.
  ///
  /// - Parameter sentence: `The value '1.5' is invalid for '--dec-depth <n>'`, say.
  /// - Returns: `: expected a whole number`; nothing where the form is not known, or is told already.
  static func hint(to sentence: String) -> String {
    let middle = "' is invalid for '"
    guard sentence.hasPrefix("The value '"), sentence.hasSuffix(">'"),
      let split = sentence.firstRange(of: middle),
      let bracket = sentence[split.upperBound...].lastIndex(of: "<")
    else { return "" }
    let value = sentence[..<split.lowerBound].dropFirst("The value '".count)
    let name = String(sentence[sentence.index(after: bracket)...].dropLast(2))
    guard let form = forms.first(where: { $0.names.contains(name) })?.form else { return "" }
    let isTooLarge = form == "a whole number" && !value.isEmpty && value.allSatisfy(\.isWholeNumber)
    return ": expected \(isTooLarge ? "a number that is not as large" : form)"
  }
}
