import Glibc
import TestSupport
import Testing

@testable import TextStreams

@Suite("Word vectors")
struct WordVectorTests {
  /// All tokens and vectors of a text.
  private func read(
    _ text: String, arrival: Arrival = .file
  ) throws -> [(token: String, vector: [Float])] {
    try withInput(Array(text.utf8), arrival: arrival) { file in
      var reader = try WordVectorReader(file)
      let vector = UnsafeMutableBufferPointer<Float>.allocate(capacity: reader.dimension)
      defer { vector.deallocate() }
      var result: [(token: String, vector: [Float])] = []
      while let token = try reader.next(into: vector) {
        result.append((String(decoding: token, as: UTF8.self), Array(vector)))
      }
      return result
    }
  }

  @Test("The format of word2vec, with its spaces at the ends of lines, and that of GloVe")
  func formats() throws {
    for text in [
      "2 3\n却说 1 -2 0.5\n</s> 3e-2 +4. .25\n", "2 3\n却说 1 -2 0.5 \n</s> 3e-2 +4. .25 \n",
      "却说 1 -2 0.5\n</s> 3e-2 +4. .25\n", "却说 1 -2 0.5\n</s> 3e-2 +4. .25",
    ] {
      for arrival in Arrival.allCases {
        let vectors = try read(text, arrival: arrival)
        #expect(vectors.map(\.token) == ["却说", "</s>"])
        #expect(vectors.map(\.vector) == [[1, -2, 0.5], [0.03, 4, 0.25]])
      }
    }
    #expect(try read("0 5\n").isEmpty)
  }

  @Test(
    "What is wrong is refused with its place",
    arguments: [
      ("", nil, nil, "empty"), ("\n", 1, nil, "expected a token"), ("a\n", 1, nil, "expected"),
      ("2 2\na 1 2\n", 2, nil, "ends after 1 of 2"), ("2 2\na 1 2\nb 1", 3, 4, "after 1 of 2"),
      ("1 2\na 1 2\nb 1 2\n", 3, nil, "more vectors"),
      ("a 1 2\nb 1 2 3\n", 2, 7, "more than the 2"),
      ("a 1 2\nb 1\n", 2, 4, "after 1 of 2"), ("a 1 2\nb 1  2\n", 2, 5, "finite number"),
      ("a 1 2\n\nb 1 2\n", 2, 1, "expected a token"), ("a 1 2\n 1 2\n", 2, 1, "expected a token"),
      ("1 2\na 1 nan\n", 2, 5, "'nan'"), ("1 2\na inf 1\n", 2, 3, "'inf'"),
      ("1 2\na 1 1e39\n", 2, 5, "finite"), ("1 2\na 0x1 1\n", 2, 3, "'0x1'"),
      ("1 2\na 1 2x\n", 2, 5, "'2x'"), ("1 2\r\na 1 2\r\n", 1, 4, "tr -d"),
      ("a 1 2\r\n", 1, 6, "tr -d"), ("3 0\n", 1, nil, "1 to 65536"),
      ("3 70000\n", 1, nil, "1 to 65536"), ("<pad>\t0\n", nil, nil, "this is a vocabulary"),
    ] as [(String, Int?, Int?, String)])
  func errors(text: String, line: Int?, column: Int?, reason: String) throws {
    let error = try #require(throws: StreamError.self) { try read(text) }
    #expect(error.line == line && error.column == column, "\(error)")
    #expect(error.reason.contains(reason), "\(error)")
  }

  @Test("Numbers are those of strtod, whatever their form")
  func numbers() throws {
    var generator = SplitMix64(seed: 11)
    var texts = [
      "0", "-0", "0.0", "9007199254740993", "123456789012345678901234567890", "1e-400", "-1E+30",
      "0.1", "3.4028235e38", "1.17549435e-38", "0.00000000000000000000001", "5e-46",
      "0.30000001192092896", "16777217.0000001",
    ]
    for _ in 0..<2000 {
      let value = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
      if value.isFinite { texts.append("\(value)") }
      texts.append("\(Double(Int64(bitPattern: generator.next()) % 1_000_000) / 1e6)")
    }
    for text in texts {
      let number = withBytes(of: text) { decimalNumber($0) }
      #expect(number == Float(strtod(text, nil)), "\(text)")
    }
    for text in [
      "", "-", "+", ".", "e5", "-.", "1e", "1e+", "--1", "1.2.3", "1 ", " 1", "1,5", "0x1p3",
    ] {
      #expect(withBytes(of: text) { decimalNumber($0) } == nil, "\(text)")
    }
  }
}
