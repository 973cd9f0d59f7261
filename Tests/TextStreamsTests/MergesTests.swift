import Glibc
import TestSupport
import Testing
import TextStreams

/// Makes a vocabulary of the pieces of token lines.
func makePieces(
  _ lines: [UInt8], arrival: Arrival = .file, _ change: (inout PieceLimits) -> Void = { _ in }
) throws -> (vocabulary: Vocabulary, report: PieceReport) {
  var limits = PieceLimits()
  change(&limits)
  var counter = VocabularyCounter()
  try withInput(lines, arrival: arrival) { try counter.count($0) }
  let file = UnnamedFile()
  let writer = ByteWriter(descriptor: file.descriptor, name: "output")
  let report = try counter.writePieces(to: writer, limits: limits)
  try writer.flush()
  return (try withInput(file.contents()) { try Vocabulary(reading: $0) }, report)
}

/// Returns what the merges of a vocabulary make, the first merge first.
private func merged(_ vocabulary: Vocabulary) -> [[UInt8]] {
  let rows = vocabulary.text.split(separator: 0x0A).map { $0.split(separator: 0x09) }
  let ranked = rows.filter { $0.count == 3 }.map { row in
    (rank: Int(String(decoding: row[2], as: UTF8.self)) ?? 0, token: Array(row[0]))
  }
  return ranked.sorted { $0.rank < $1.rank }.map(\.token)
}

/// Returns the tokens of a vocabulary that spell a token.
private func pieces(_ token: String, _ vocabulary: Vocabulary) throws -> [String] {
  var ids: [UInt32] = []
  _ = try withBytes(of: token) { try vocabulary.encode($0, into: &ids) }
  return ids.map { String(decoding: vocabulary.tokenBytes($0), as: UTF8.self) }
}

@Suite("Vocabularies of pieces")
struct MergesTests {
  /// The example of Sennrich, Haddow, and Birch (2016), algorithm 1.
  static let paper = Array(
    ((Array(repeating: "low", count: 5) + Array(repeating: "lower", count: 2)
      + Array(repeating: "newest", count: 6) + Array(repeating: "widest", count: 3))
      .joined(separator: " ") + "\n").utf8)

  @Test("The example of the paper gives its merges, equal counts by bytes")
  func paperExample() throws {
    let (vocabulary, report) = try makePieces(Self.paper)
    let made = merged(vocabulary).map { String(decoding: $0, as: UTF8.self) }
    #expect(
      made == [
        "es", "est", "lo", "low", "ew", "ewest", "newest", "dest", "idest", "widest", "er", "lower",
      ])
    #expect(
      rows(vocabulary).prefix(5) == [
        "newest\t6\t7", "low\t5\t4", "widest\t3\t10", "lower\t2\t12", "d\t0",
      ])
    #expect(report.tokens == 16 && report.types == 4 && report.ids == 16)
    #expect(report.characterRows == 10 && report.mergeRows == 12)
    let four = try makePieces(Self.paper) { $0.size = ReservedToken.count + 10 + 4 }.vocabulary
    #expect(try pieces("lowest", four) == ["low", "est"])
    #expect(try pieces("newer", four) == ["n", "e", "w", "e", "r"])
    let frequent = try makePieces(Self.paper) { $0.minimumFrequency = 7 }.vocabulary
    #expect(
      merged(frequent).map { String(decoding: $0, as: UTF8.self) } == ["es", "est", "lo", "low"])
  }

  @Test("Merges agree with those made slowly", arguments: 1...10)
  func reference(seed: UInt64) throws {
    var hostile = HostileLines(seed: seed)
    // Words of two letters have all the overlaps there are.
    let alike = (0..<80).map { _ in
      String(
        (0..<Int.random(in: 1...12, using: &hostile.generator)).map { _ in
          Bool.random(using: &hostile.generator) ? "a" : "b"
        })
    }
    let lines =
      seed.isMultiple(of: 2)
      ? Array((alike.joined(separator: " ") + "\n").utf8) : hostile.lines(60)
    let frequency = Int(seed % 3) + 1
    let vocabulary = try makePieces(lines, arrival: Arrival.allCases[Int(seed) % 3]) {
      $0.minimumFrequency = frequency
    }.vocabulary
    let wanted = ReferenceMerges(lines, limit: .max, minimumFrequency: frequency)
    #expect(merged(vocabulary) == wanted.merges.map { $0.left + $0.right })
    let limited = ReferenceMerges(lines, limit: 12, minimumFrequency: frequency)
    let unmerged = vocabulary.count - wanted.merges.count
    let small = try makePieces(lines) {
      $0.minimumFrequency = frequency
      $0.size = unmerged + 12
    }.vocabulary
    let others = alike + hostile.tokens(50)
    for token in others {
      let made = try pieces(token, small)
      let slow = limited.pieces(of: Array(token.utf8)).map { String(decoding: $0, as: UTF8.self) }
      // Characters that are not in the lines are bytes here and themselves there.
      #expect(
        made.filter { !$0.hasPrefix("<0x") }
          == slow.filter { piece in
            withBytes(of: piece) { small.id(of: $0) } != nil && !piece.hasPrefix("<0x")
          })
    }
  }

  @Test("Decoding gives back the text, and encoding that the same ids", arguments: 1...6)
  func roundTrip(seed: UInt64) throws {
    var hostile = HostileLines(seed: seed)
    let document = hostile.lines(300)
    let vocabulary = try makePieces(document) {
      $0.size = ReservedToken.count + Int(seed) * 12
      $0.characterCoverage = seed.isMultiple(of: 2) ? 1 : 0.9
    }.vocabulary
    for lines in [document, hostile.lines(100)] {
      let stream = try encode([lines], vocabulary)
      let decoded = try decode(stream)
      #expect(try encode([decoded], vocabulary) == stream)
      #expect(try text(decoded) == text(lines))
    }
  }

  @Test("A row's count is how often its id is in the stream", arguments: [1, 3, 50])
  func counts(minimumFrequency: Int) throws {
    var hostile = HostileLines(seed: 19)
    let document = hostile.lines(300)
    let (vocabulary, report) = try makePieces(document) {
      $0.minimumFrequency = minimumFrequency
      $0.characterCoverage = 0.98
    }
    let corpus = try withInput(encode([document], vocabulary)) { try IdCorpus($0) }
    var counts = [Int](repeating: 0, count: vocabulary.count)
    for line in 0..<corpus.lineCount { corpus.line(line).forEach { counts[Int($0)] += 1 } }
    #expect(report.ids == counts.reduce(0, +))
    counts[3...4] = vocabulary.counts[3...4]
    #expect(counts == vocabulary.counts)
    #expect(
      vocabulary.counts[ReservedToken.count...].elementsEqual(
        vocabulary.counts[ReservedToken.count...].sorted(by: >)))
  }

  @Test("The order of the lines does not matter")
  func order() throws {
    var hostile = HostileLines(seed: 5)
    let lines = (0..<200).map { _ in hostile.tokens(4).joined(separator: " ") }
    func made(_ lines: [String]) throws -> Vocabulary {
      try makePieces(Array((lines.joined(separator: "\n") + "\n").utf8)).vocabulary
    }
    #expect(try made(lines) == made(lines.reversed()))
    #expect(try made(lines) == made(lines.shuffled(using: &hostile.generator)))
  }

  @Test("Characters come first, the most frequent ones before the others")
  func noRoom() throws {
    let (vocabulary, report) = try makePieces(Self.paper) { $0.size = ReservedToken.count + 2 }
    #expect(rows(vocabulary) == ["e\t17", "w\t16"])
    #expect(report.characters == 10 && report.characterRows == 2 && report.mergeRows == 0)
  }

  @Test("No merge makes what reads as a reserved token")
  func reservedTokens() throws {
    let lines = Array(String(repeating: "x<s>y x<0x41>y <pad <pad>> \\u{3C}s>\n", count: 9).utf8)
    let vocabulary = try makePieces(lines).vocabulary
    #expect(try pieces("x<s>y", vocabulary) == ["x<s>y"])
    #expect(try pieces("<s>>", vocabulary).joined() == "<s>>")
    let stream = try encode([lines], vocabulary)
    #expect(try text(decode(stream)) == text(lines))
  }

  @Test("A long token is spelled as soon as a short one")
  func longToken() throws {
    let lines = Array("abab ab ab\n".utf8)
    let vocabulary = try makePieces(lines).vocabulary
    let long = String(repeating: "ab", count: 30_000)
    let made = try pieces(long, vocabulary)
    #expect(made.joined() == long)
    #expect(made.count == 30_000 && made.allSatisfy { $0 == "ab" })
  }

  @Test(
    "Merges that are wrong are refused at their line",
    arguments: [
      (1, "<pad>\t0\t1\n", "no merge makes a reserved token"),
      (262, "a\t1\t\n", "expected the rank of a merge"),
      (262, "a\t1\t0\n", "expected the rank of a merge"),
      (262, "a\t1\t1\t1\n", "expected the rank of a merge"),
      (262, "a\t1\t1\r\n", "CR LF"), (262, "a\t1\t1\n", "leave 1 part of this token"),
      (263, "a\t1\nab\t1\t1\n", "its character 'b' has no row"),
      (264, "a\t1\nb\t1\nab\t1\t2\n", "no row has rank 1"),
      (265, "a\t1\nb\t1\nab\t1\t1\nba\t1\t1\n", "rank 1 again; row 264 has it"),
      (264, "a\t1\nb\t1\naba\t1\t1\n", "leave 3 parts of this token"),
      (264, "a\t1\nb\t1\nabab\t1\t2\nab\t1\t1\naba\t1\t3\n", ""),
    ])
  func malformed(line: Int, text: String, reason: String) throws {
    let reserved = try makeVocabulary([]).vocabulary.text
    let kept = reserved.split(separator: 0x0A).prefix(line < 262 ? line - 1 : 261)
    let bytes = kept.flatMap { Array($0) + [0x0A] } + Array(text.utf8)
    guard !reason.isEmpty else {
      let vocabulary = try withInput(bytes) { try Vocabulary(reading: $0) }
      #expect(try pieces("ababaab", vocabulary) == ["abab", "a", "ab"])
      return
    }
    let error = #expect(throws: StreamError.self) {
      _ = try withInput(bytes) { try Vocabulary(reading: $0) }
    }
    #expect(error?.line == line)
    #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
  }
}
