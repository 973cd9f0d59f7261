import Testing

@testable import TextStreams

/// Writes each byte twice, a few at a time, and stops at an exclamation mark.
private final class Doubling: ByteStage {
  func process(
    _ input: UnsafeRawBufferPointer, isEnd: Bool, into output: inout [UInt8]
  ) throws(StreamError) -> Int {
    let some = isEnd ? input.count : min(input.count, 5)
    for index in 0..<some {
      if input[index] == UInt8(ascii: "!") {
        throw StreamError(stream: "input", problem: .malformed("too loud"))
      }
      output += [input[index], input[index]]
    }
    return some
  }
}

/// Turns three bytes round, and appends at the end how often it did and how many were left over.
private final class Turning: ByteStage {
  private var count = 0

  func process(
    _ input: UnsafeRawBufferPointer, isEnd: Bool, into output: inout [UInt8]
  ) throws(StreamError) -> Int {
    var index = 0
    while index + 3 <= input.count {
      output += [input[index + 2], input[index + 1], input[index]]
      index += 3
      count += 1
    }
    guard isEnd else { return index }
    output += Array("\(count)+\(input.count - index)".utf8)
    return input.count
  }
}

@Suite("Stages between a file and its reader")
struct ByteStageTests {
  private func read(
    _ text: String, _ arrival: Arrival, _ stages: [any ByteStage]
  ) throws -> String {
    try withInput(Array(text.utf8), arrival: arrival) { file in
      var reader = ByteReader(file, capacity: 16, stages: stages)
      while try reader.fill() {}
      #expect(try !reader.fill())
      return String(decoding: reader.unread, as: UTF8.self)
    }
  }

  @Test("Bytes pass them in order, however they arrive", arguments: Arrival.allCases)
  func order(arrival: Arrival) throws {
    #expect(try read("abcde", arrival, [Doubling()]) == "aabbccddee")
    #expect(try read("abcde", arrival, [Doubling(), Turning()]) == "baaccbedd3+1")
    #expect(try read("abcde", arrival, [Turning(), Doubling()]) == "ccbbaa11++22")
    let long = String(repeating: "abcdefghi", count: 20_000)
    let turned = String(repeating: "cbafedihg", count: 20_000)
    #expect(try read(long, arrival, [Turning()]) == turned + "60000+0")
  }

  @Test("Stages see the end of an empty stream")
  func empty() throws {
    #expect(try read("", .file, []) == "")
    #expect(try read("", .file, [Turning(), Turning()]) == "0+01+0")
  }

  @Test("What comes before a fault is read before it is thrown", arguments: Arrival.allCases)
  func fault(arrival: Arrival) throws {
    try withInput(Array("ab\ncd!ef\n".utf8), arrival: arrival) { file in
      var lines = LineReader(file, stages: [Doubling()])
      let first = try lines.next().map { String(decoding: $0, as: UTF8.self) }
      #expect(first == "aabb")
      #expect(try lines.next()?.count == 0)
      let error = #expect(throws: StreamError.self) { while try lines.next() != nil {} }
      #expect(error?.description == "input: too loud")
    }
  }

  @Test("Output is flushed before a read of the file would block")
  func flushing() throws {
    try withInput(Array("abcdefg".utf8), arrival: .trickle) { file in
      var flushes = 0
      var lines = LineReader(file, stages: [Turning()]) { flushes += 1 }
      while try lines.next() != nil {}
      #expect(flushes <= 3)
    }
  }
}
