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

/// Writes digits twice, and a hyphen that a digit follows; everything else passes.
private final class Stuttering: ByteStage {
  private(set) var processedCount = 0

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  func pass(_ input: UnsafeRawBufferPointer) -> (count: Int, wantsMore: Bool) {
    let plain = input.prefix { !Self.isDigit($0) && $0 != UInt8(ascii: "-") }.count
    return (plain, plain == input.count || plain + 1 == input.count && !Self.isDigit(input[plain]))
  }

  func process(
    _ input: UnsafeRawBufferPointer, isEnd: Bool, into output: inout [UInt8]
  ) throws(StreamError) -> Int {
    for (index, byte) in input.enumerated() {
      let isLast = index + 1 == input.count
      if byte == UInt8(ascii: "-"), isLast, !isEnd { return index }
      let isDoubled =
        Self.isDigit(byte) || byte == UInt8(ascii: "-") && !isLast && Self.isDigit(input[index + 1])
      output += isDoubled ? [byte, byte] : [byte]
      processedCount += 1
    }
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

  @Test("Bytes that pass as they are keep their order among those that do not")
  func passing() throws {
    let text = "ab-c-1de--2-f12-\(String(repeating: "ghi", count: 70_000))3-"
    let stuttered = "ab-c--11de---22-f1122-\(String(repeating: "ghi", count: 70_000))33-"
    for arrival in Arrival.allCases {
      let stage = Stuttering()
      #expect(try read(text, arrival, [stage]) == stuttered)
      #expect(stage.processedCount < 100_000)
      #expect(
        try read(text, arrival, [Stuttering(), Turning()]) == read(stuttered, .file, [Turning()]))
      let idle = Stuttering()
      #expect(try read("abc-def", arrival, [idle]) == "abc-def")
    }
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
