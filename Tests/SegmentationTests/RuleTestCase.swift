import TestSupport

@testable import Segmentation

/// A text and where it is to be divided, from the tests that come with the rules.
struct RuleTestCase: Sendable {
  var kind: BreakIterator.Kind
  var locale: String
  /// The text in UTF-16, perhaps with surrogates that have lost their other half.
  var text: [UInt16] = []
  /// The places in it, but for its start.
  var boundaries: [Int] = []
  /// The line of the file that it begins in.
  var line: Int

  /// The boundaries that an iterator finds.
  func found(by iterator: borrowing BreakIterator) -> [Int] {
    text.withUnsafeBufferPointer { text in
      iterator.setText(text)
      var found: [Int] = []
      while let boundary = iterator.next() { found.append(boundary) }
      return found
    }
  }
}

/// The cases of Unicode's own tests, such as `÷ 0061 × 0308 ÷`.
enum UnicodeRuleTests {
  static func cases(in path: String, _ kind: BreakIterator.Kind) throws -> [RuleTestCase] {
    let file = String(decoding: try SharedData.contents(of: path), as: UTF8.self)
    return file.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap {
      let fields = $1.prefix { $0 != "#" }.split(separator: " ")
      guard !fields.isEmpty else { return nil }
      var testCase = RuleTestCase(kind: kind, locale: "root", line: $0 + 1)
      for field in fields.dropFirst() {
        switch field {
        case "÷", "÷\t": testCase.boundaries.append(testCase.text.count)
        case "×": continue
        default: append(UInt32(field, radix: 16) ?? 0, to: &testCase.text)
        }
      }
      return testCase
    }
  }
}

/// The cases of ICU's `rbbitst.txt` for words, sentences and characters.
struct ICURuleTests {
  private(set) var cases: [RuleTestCase] = []

  private var kind: BreakIterator.Kind?
  private var locale = "en"
  private var line = 1
  private var rest: Substring.UnicodeScalarView
  private let names: [String: UInt32]

  static func cases(in path: String) throws -> [RuleTestCase] {
    let file = String(decoding: try SharedData.contents(of: path), as: UTF8.self)
    var tests = ICURuleTests(file)
    while !tests.rest.isEmpty { tests.passItem() }
    return tests.cases
  }

  private init(_ file: String) {
    rest = file[...].unicodeScalars
    var wanted: Set<String> = []
    for part in file.split(separator: "\\N{").dropFirst() {
      wanted.insert(String(part.prefix { $0 != "}" }))
    }
    var names: [String: UInt32] = [:]
    for value in UInt32(0)..<0x2_0000 {
      guard let name = Unicode.Scalar(value)?.properties.name, wanted.contains(name) else {
        continue
      }
      names[name] = value
    }
    self.names = names
  }

  private func begins(_ text: String) -> Bool { rest.starts(with: text.unicodeScalars) }

  private mutating func take() -> Unicode.Scalar {
    let scalar = rest.removeFirst()
    if scalar == "\n" { line += 1 }
    return scalar
  }

  private mutating func take(through end: String) -> String {
    var taken = ""
    while !rest.isEmpty, !begins(end) { taken.unicodeScalars.append(take()) }
    for _ in end.unicodeScalars where !rest.isEmpty { _ = take() }
    return taken
  }

  /// Passes a tag and what belongs to it, a comment, or a character.
  private mutating func passItem() {
    if begins("#") {
      _ = take(through: "\n")
    } else if begins("<data>") {
      _ = take(through: ">")
      passData()
    } else if begins("<rules>") || begins("<badrules>") {
      _ = take(through: "rules>")
      _ = take(through: "rules>")
      kind = nil
    } else if begins("<locale ") {
      locale = String(take(through: ">").dropFirst("<locale ".count))
    } else if begins("<") {
      switch take(through: ">") {
      case "<word": kind = .word
      case "<sent": kind = .sentence
      case "<char": kind = .cluster
      default: kind = nil
      }
    } else {
      _ = take()
    }
  }

  private mutating func passData() {
    var testCase = RuleTestCase(kind: kind ?? .word, locale: locale, line: line)
    var isLineStart = false
    while !rest.isEmpty, !begins("</data>") {
      if begins("<") || begins("•") {
        _ = begins("•") ? String(take()) : take(through: ">")
        if !testCase.text.isEmpty { testCase.boundaries.append(testCase.text.count) }
      } else if begins("\\") {
        passEscape(&testCase.text)
      } else if begins("#"), isLineStart {
        _ = take(through: "\n")
      } else {
        let scalar = take()
        append(scalar.value, to: &testCase.text)
        isLineStart = scalar == "\n"
        continue
      }
      isLineStart = false
    }
    _ = take(through: ">")
    if kind != nil { cases.append(testCase) }
  }

  private mutating func passEscape(_ text: inout [UInt16]) {
    if begins("\\N{") {
      append(names[String(take(through: "}").dropFirst(3))] ?? 0xFFFF, to: &text)
      return
    }
    _ = take()
    switch take() {
    case "\n": break
    case "u": passNumber(of: 4, to: &text)
    case "U": passNumber(of: 8, to: &text)
    case "r": text.append(0x0D)
    case "n": text.append(0x0A)
    case "t": text.append(0x09)
    case let other: append(other.value, to: &text)
    }
  }

  private mutating func passNumber(of digits: Int, to text: inout [UInt16]) {
    var number = ""
    for _ in 0..<digits { number.unicodeScalars.append(take()) }
    append(UInt32(number, radix: 16) ?? 0xFFFF, to: &text)
  }
}

/// Appends a scalar, or half of a surrogate pair, in UTF-16.
private func append(_ value: UInt32, to text: inout [UInt16]) {
  if value < 0x1_0000 {
    text.append(UInt16(value))
  } else {
    text.append(UInt16(0xD7C0 + value >> 10))
    text.append(UInt16(0xDC00 | value & 0x3FF))
  }
}
