import TestSupport
import Testing
import TextStreams

@Suite("A whole id stream")
struct IdCorpusTests {
  @Test("Documents and lines come as they were written", arguments: Arrival.allCases)
  func documents(arrival: Arrival) throws {
    let documents = ["a b\n\nb\n", "", "\n", "a"].map { Array($0.utf8) }
    let vocabulary = try makeVocabulary(Array("a a b\n".utf8)).vocabulary
    let stream = try encode(documents, vocabulary)
    let corpus = try withInput(stream, arrival: arrival) { try IdCorpus($0) }
    #expect(corpus.documents == [0..<3, 3..<3, 3..<4, 4..<5])
    let lines = (0..<corpus.lineCount).map { Array(corpus.line($0)) }
    #expect(lines == [[261, 262], [], [262], [], [261]])
    #expect(corpus.totals == IdStreamTotals(documents: 4, lines: 5, ids: 4))
    #expect(corpus.vocabulary == vocabulary)
  }

  @Test("A line longer than blocks is put together", arguments: [65_531, 65_532, 65_533, 200_000])
  func longLines(length: Int) throws {
    let vocabulary = try makeVocabulary(Array("a b\n".utf8)).vocabulary
    let line = (0..<length).map { $0 % 7 == 0 ? "a" : "b" }.joined(separator: " ")
    let document = Array("a\n\(line)\n\nb\n".utf8)
    let stream = try encode([document], vocabulary)
    #expect(try decode(stream) == document)
    let corpus = try withInput(stream) { try IdCorpus($0) }
    let expected = (0..<length).map { UInt32($0 % 7 == 0 ? 261 : 262) }
    #expect((0..<corpus.lineCount).map { corpus.line($0).count } == [1, length, 0, 1])
    #expect(Array(corpus.line(1)) == expected)
  }

  @Test("Many lines fill many blocks", arguments: [0, 1])
  func manyLines(tokensPerLine: Int) throws {
    let vocabulary = try makeVocabulary(Array("a\n".utf8)).vocabulary
    let document = Array(
      String(repeating: tokensPerLine == 0 ? "\n" : "a\n", count: 150_000).utf8)
    let stream = try encode([document], vocabulary)
    #expect(try decode(stream, arrival: .pipe) == document)
    #expect(try withInput(stream) { try IdCorpus($0) }.lineCount == 150_000)
  }

  @Test("Equal lines give equal bytes, however they arrive")
  func arrival() throws {
    var hostile = HostileLines(seed: 77)
    let document = hostile.lines(9000)
    let vocabulary = try makeVocabulary(document) { $0.minimumCount = 3 }.vocabulary
    let streams = try [Arrival.file, .pipe, .trickle].map { arrival in
      try written { output in
        var encoder = try IdStreamEncoder(to: output, vocabulary: vocabulary)
        try withInput(document, arrival: arrival) { try encoder.encodeDocument($0) }
        try encoder.finish()
      }
    }
    #expect(streams[1] == streams[0])
    #expect(streams[2] == streams[0])
  }

  @Test("Streams of one vocabulary join to what encoding their documents gives")
  func joining() throws {
    let vocabulary = try makeVocabulary(Array("a b b\n".utf8)).vocabulary
    let long = Array(String(repeating: "a b ", count: 70_000).utf8.dropLast())
    let documents = [Array("a\n\n".utf8), long, Array("b a\n".utf8)]
    let streams = try documents.map { try encode([$0], vocabulary) }
    let joined = try written { output in
      var joiner = IdStreamJoiner(to: output)
      for stream in streams { try withInput(stream) { try joiner.add($0) } }
      try joiner.finish()
    }
    #expect(joined == (try encode(documents, vocabulary)))
  }

  @Test("Streams of two vocabularies do not join")
  func foreignVocabulary() throws {
    let streams = try ["a\n", "b\n"].map { text in
      let document = Array(text.utf8)
      return try encode([document], try makeVocabulary(document).vocabulary)
    }
    let error = #expect(throws: StreamError.self) {
      _ = try written { output in
        var joiner = IdStreamJoiner(to: output)
        for stream in streams { try withInput(stream) { try joiner.add($0) } }
      }
    }
    #expect(error?.reason.contains("is not that of input") == true)
  }
}
