import TestSupport
import Testing

@testable import TextStreams

/// Counting in bulk must be like counting token by token.
@Suite("Counting tokens piece by piece")
struct TokenPiecesTests {
  @Test("Tokens of any length are counted wherever they lie", arguments: Arrival.allCases)
  func lengths(arrival: Arrival) throws {
    var generator = SplitMix64(seed: 5)
    for seed in 0..<40 {
      // Each text begins elsewhere, so that tokens lie across words, pieces and reads alike.
      var lines = Array(repeating: UInt8(0x61), count: seed % 17 + 1) + [0x0A]
      while lines.count < (arrival == .trickle ? 600 : 9_000) {
        let length = Int.random(
          in: 1...Int.random(in: 1...30, using: &generator), using: &generator)
        lines += (0..<length).map { _ in UInt8.random(in: 0x61...0x63, using: &generator) }
        let isEnd = Int.random(in: 0..<8, using: &generator) == 0
        lines +=
          isEnd ? Array(repeating: 0x0A, count: Int.random(in: 1...4, using: &generator)) : [0x20]
      }
      lines += [0x61, 0x0A]
      try expectReference(lines, arrival: arrival)
    }
  }

  @Test("A text may end anywhere in a piece", arguments: [0, 4_096])
  func ends(before: Int) throws {
    let front = Array(repeating: Array("ab\n".utf8), count: before / 3).flatMap { $0 }
    for length in 0...40 {
      let tail = Array("abcdefg hi\n\n\njklmnopqr s\nt\nabcdefghi abcdefgh".utf8.prefix(length))
      guard tail.last != 0x20 else { continue }
      try expectReference(front + tail + [0x0A])
    }
  }

  @Test("Paragraphs do not go on from one stream to the next")
  func streams() throws {
    let tail = Array(repeating: Array("abc\n".utf8), count: 20).flatMap { $0 }
    var counter = VocabularyCounter()
    for stream in [tail, [0x0A] + tail + [0x0A], [0x0A, 0x0A] + tail] {
      try withInput(stream) { try counter.count($0) }
    }
    let (text, report) = try counter.vocabularyText()
    #expect(report.tokens == 60)
    #expect(String(decoding: text, as: UTF8.self).contains("</s>\t60\n<p>\t1\n"))
  }

  @Test("Tokens that a hash sends to the same slot stay apart")
  func collisions() throws {
    let digits = (0..<3_000_000).lazy.map { String($0 + 10_000_000) }
    let colliding = digits.filter { token in
      let word = token.utf8.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      return ShortTokenTable.hash(word, 64 - 13) == 8_191
    }
    #expect(colliding.count > 100)
    var lines: [UInt8] = []
    for (index, token) in colliding.enumerated() {
      for _ in 0...index % 7 { lines += Array("\(token) \(token.dropLast()) a\n".utf8) }
    }
    try expectReference(lines + lines)
  }

  @Test("What is frequent may change", arguments: [1, 2])
  func changes(minimumCount: Int) throws {
    var lines: [UInt8] = []
    for part in 0..<6 {
      for index in 0..<30_000 {
        lines += Array("\(part)w\(index % (7 + 5_000 * (part % 2))) ".utf8)
      }
      lines[lines.count - 1] = 0x0A
    }
    try expectReference(lines, minimumCount: minimumCount)
  }

  @Test(
    "What is wrong is found at its place in a long text",
    arguments: [
      "\u{0}", "\r", "\t", "\u{1F}", "\u{7F}", "  ", " \n", "\n ", "\\", " <s> ", " <pad>\n", "\\q",
      "\\u{41} \\x4", "12345678\u{B}", " 123456789\\ ", "\u{C}\u{C}",
    ], [[UInt8](), [0xFF], [0xE4, 0xBD]])
  func places(wrong: String, bytes: [UInt8]) throws {
    var hostile = HostileLines(seed: 3)
    let lines = hostile.lines(260)
    #expect(lines.count > 8_300)
    var positions = Array(stride(from: 0, to: lines.count, by: 397))
    positions += [1, 7, 8, 9, 63, 64, 65, 4_088, 4_095, 4_096, 4_097, lines.count]
    for position in positions {
      let inserted = bytes.isEmpty ? Array(wrong.utf8) : bytes
      let text = lines[..<position] + inserted + lines[position...]
      let wanted = referenceError(Array(text))
      let error = errorOfCounting(Array(text))
      #expect(error?.line == wanted?.line, "\(wrong.debugDescription) at \(position)")
      #expect(error?.column == wanted?.column, "\(wrong.debugDescription) at \(position)")
      #expect(error?.reason == wanted?.reason)
    }
  }

  private func expectReference(
    _ lines: [UInt8], minimumCount: Int = 1, arrival: Arrival = .file
  ) throws {
    let made = try makeVocabulary(lines, arrival: arrival) { $0.minimumCount = minimumCount }
    let wanted = ReferenceVocabulary(lines, minimumCount: minimumCount).text
    let isEqual = made.vocabulary.text.elementsEqual(wanted.utf8)
    #expect(isEqual, "a text of \(lines.count) bytes")
  }

  private func errorOfCounting(_ lines: [UInt8]) -> StreamError? {
    do {
      _ = try makeVocabulary(lines)
      return nil
    } catch {
      return error as? StreamError
    }
  }
}

/// Where token lines are wrong, and how, found slowly.
private func referenceError(_ lines: [UInt8]) -> (line: Int, column: Int, reason: String)? {
  var split = lines.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
  if split.last == [] { split.removeLast() }
  for (index, line) in split.enumerated() where !line.isEmpty {
    var column = 1
    for token in line.split(separator: 0x20, omittingEmptySubsequences: false) {
      if token.isEmpty {
        // An empty token at a line's end is found at the space before it.
        return (index + 1, min(column, line.count), LineTokens.emptyTokenReason)
      }
      do {
        // A control byte ends a token, and is found before the token is looked at.
        let control = token.firstIndex { $0 <= 0x20 } ?? token.endIndex
        column += control < token.endIndex ? control - token.startIndex : 0
        let looked = control < token.endIndex ? [token[control]] : Array(token)
        try looked.withUnsafeBytes { bytes in
          if case .special(let id)? = ReservedToken(bytes) { throw TokenError.special(id) }
          _ = try TokenEscapes.characterCount(bytes)
        }
      } catch {
        let error = error as? TokenError
        return (index + 1, column + (error?.offset ?? 0), error?.reason ?? "")
      }
      column += token.count + 1
    }
  }
  return nil
}
