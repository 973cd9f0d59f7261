import Glibc
import TestSupport
import Testing

@testable import TextStreams

/// What goes to disk must not be seen in what comes out.
@Suite("Counting in bounded memory")
struct SpillingTests {
  /// Memory so small that runs go to disk, and as few merged at once as can be.
  static let memories = [
    CountingMemory(byteCount: 0, directory: "/tmp", fanIn: 2),
    CountingMemory(byteCount: 0, directory: "/tmp", fanIn: 64),
    CountingMemory(byteCount: 1_100_000, directory: "/tmp", fanIn: 3),
  ]

  /// The vocabulary of some texts.
  static func count(
    _ texts: [[UInt8]], in memory: CountingMemory?, _ limits: VocabularyLimits = VocabularyLimits(),
    arrival: Arrival = .file
  ) throws -> (text: [UInt8], report: VocabularyReport) {
    var counter = VocabularyCounter(memory: memory)
    for text in texts { try withInput(text, arrival: arrival) { try counter.count($0) } }
    return try counter.vocabularyText(limits: limits)
  }

  /// Several ways to limit a vocabulary.
  static var limits: [VocabularyLimits] {
    var all = [VocabularyLimits()]
    for (minimum, size, coverage) in [
      (2, nil, 1), (1, 280, 1), (1, 265, 1), (3, 300, 1), (1, nil, 0.9), (1, 261, 0.5),
    ] as [(Int, Int?, Double)] {
      var limits = VocabularyLimits()
      limits.minimumCount = minimum
      limits.maximumSize = size
      limits.characterCoverage = coverage
      all.append(limits)
    }
    return all
  }

  /// Expects that a text is too much for a memory.
  private func expectSpilling(_ texts: [[UInt8]], _ memory: CountingMemory) throws {
    let nowhere = CountingMemory(byteCount: memory.byteCount, directory: "/nowhere")
    #expect(throws: StreamError.self) { _ = try Self.count(texts, in: nowhere) }
  }

  @Test("The vocabulary is that of counting in memory", arguments: 1...3, memories.indices)
  func sameBytes(seed: UInt64, memory: Int) throws {
    var hostile = HostileLines(seed: seed)
    let texts = [hostile.lines(40), hostile.lines(1), [], hostile.lines(10)]
    try expectSpilling(texts, Self.memories[memory])
    for limits in Self.limits {
      let wanted = try Self.count(texts, in: nil, limits)
      let made = try Self.count(
        texts, in: Self.memories[memory], limits, arrival: Arrival.allCases[Int(seed) % 3])
      #expect(made.text == wanted.text, "\(limits)")
      #expect(made.report == wanted.report)
    }
  }

  @Test("Many tokens, short and long, are the same after several passes")
  func manyTokens() throws {
    var generator = SplitMix64(seed: 3)
    var text: [UInt8] = []
    for _ in 0..<25_000 {
      let number = Int.random(in: 0..<9_000, using: &generator)
      let long = number % 3 == 0 ? "common-prefix-\(number % 500)" : ""
      text += Array("\(long)\(number)".utf8) + [number % 11 == 0 ? 0x0A : 0x20]
    }
    text += Array("end\n".utf8)
    let wanted = try Self.count([text], in: nil)
    for memory in [
      CountingMemory(byteCount: 1_200_000, directory: "/tmp", fanIn: 2),
      CountingMemory(byteCount: 1_400_000, directory: "/tmp"),
    ] {
      let made = try Self.count([text], in: memory)
      #expect(made.text == wanted.text)
      #expect(made.report == wanted.report)
      try expectSpilling([text], memory)
    }
  }

  @Test("A token may be as long as any in a run")
  func longTokens() throws {
    let longest = [UInt8](repeating: 0x61, count: LineTokens.maximumTokenLength)
    let text = longest + [0x20] + longest.dropLast() + [0x20] + longest + [0x0A]
    let made = try Self.count([text, text], in: Self.memories[0])
    #expect(made.text == (try Self.count([text, text], in: nil).text))
    #expect(made.report.types == 2)
  }

  @Test("A merge adds up equal tokens and keeps the order", arguments: [TokenOrder.bytes, .count])
  func merging(order: TokenOrder) throws {
    let runs = TokenRuns(
      order: order, memory: CountingMemory(byteCount: 0, directory: "/tmp", fanIn: 2))
    var sum: [String: Int] = [:]
    for number in 0..<9 {
      var tokens = CountedTokens(minimumCapacity: 4)
      for token in ["a", "ab", "b\(number)", "abcdefgh", "abcdefgh\(number)", "abcdefghi"]
      where order == .bytes || token.last?.isNumber == true {
        let count = token.utf8.count * 100 + number
        withBytes(of: token) { tokens.append($0, count: count) }
        sum[token, default: 0] += count
      }
      var run = try runs.begin()
      let indices =
        order == .count
        ? tokens.order()
        : tokens.counts.indices.sorted { left, right in
          tokens.withBytes(of: left) { left in
            tokens.withBytes(of: right) { precedes(left, $0) }
          }
        }
      for index in indices {
        try tokens.withBytes(of: index) { try run.append($0, tokens.counts[index]) }
      }
      try runs.end(run)
    }
    try runs.reduce()
    #expect(runs.passCount == 3)
    for _ in 1...2 {
      var merged: [(token: String, count: Int)] = []
      try runs.forEach { token, count in
        merged.append((String(decoding: token, as: UTF8.self), count))
      }
      #expect(Dictionary(uniqueKeysWithValues: merged.map { ($0.token, $0.count) }) == sum)
      let keys = merged.map { (order == .bytes ? 0 : -$0.count, $0.token) }
      #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  @Test("A directory that is not there, and a full disk, are named")
  func failures() throws {
    let text = Array("贾 宝玉 笑\n".utf8)
    let error = #expect(throws: StreamError.self) {
      _ = try Self.count([text], in: CountingMemory(byteCount: 0, directory: "/nowhere"))
    }
    #expect(error?.stream == "temporary file in /nowhere")
    #expect(error?.problem == .uncreatable(errno: ENOENT))
    // Nothing is made where nothing is needed.
    _ = try Self.count([text], in: CountingMemory(byteCount: 1 << 30, directory: "/nowhere"))
  }

  @Test("A file loses its name at once where a file system has none without")
  func unlinking() throws {
    var template = Array("/tmp/huaben-scratch-XXXXXX".utf8CString)
    #expect(mkdtemp(&template) != nil)
    defer { rmdir(template) }
    let directory = String(
      decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let (descriptor, _) = openAndUnlink(in: directory)
    #expect(descriptor >= 0)
    defer { close(descriptor) }
    #expect(write(descriptor, "ab", 2) == 2)
    #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
    // Only an empty directory can be removed.
    #expect(rmdir(template) == 0)
    #expect(openAndUnlink(in: directory).failure == ENOENT)
  }

  @Test("Vocabularies that are merged are that of all texts", arguments: 1...2, [0, 1 << 30])
  func mergingVocabularies(seed: UInt64, byteCount: Int) throws {
    var hostile = HostileLines(seed: seed)
    let texts = [hostile.lines(25), hostile.lines(3), hostile.lines(40), []]
    let vocabularies = try texts.map { text in
      try withInput(try Self.count([text], in: nil).text) { try Vocabulary(reading: $0) }
    }
    for limits in Self.limits {
      let wanted = try Self.count(texts, in: nil, limits).text
      for order in [[0, 1, 2, 3], [3, 2, 0, 1]] {
        var counter = VocabularyCounter(
          memory: CountingMemory(byteCount: byteCount, directory: "/tmp", fanIn: 4))
        for index in order { try counter.add(vocabularies[index]) }
        #expect(try counter.vocabularyText(limits: limits).text == wanted)
      }
    }
  }

  @Test("A vocabulary merged with nothing is itself, rows without counts too")
  func mergingOne() throws {
    let text = Array("贾 宝玉 笑\n宝玉 道\n\n".utf8)
    let made = try Self.count([text], in: nil).text
    let lines = String(decoding: made, as: UTF8.self).split(separator: "\n")
    let zeros = lines.map { $0.prefix { $0 != "\t" } + "\t0" }.joined(separator: "\n") + "\n"
    let vocabulary = try withInput(Array(zeros.utf8)) { try Vocabulary(reading: $0) }
    var counter = VocabularyCounter()
    try counter.add(vocabulary)
    var limits = VocabularyLimits()
    limits.minimumCount = 0
    let merged = try counter.vocabularyText(limits: limits).text
    #expect(merged.split(separator: 0x0A).count == lines.count)
    #expect(
      Set(merged.split(separator: 0x0A))
        == Set(zeros.utf8.split(separator: 0x0A).map { Array($0)[...] }))
  }
}
