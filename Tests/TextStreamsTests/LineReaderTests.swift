import Glibc
import TestSupport
import Testing
import TextStreams

@Suite("Reading lines")
struct LineReaderTests {
  @Test(
    "Only a line feed ends a line",
    arguments: [
      ("", []),
      ("\n", [""]),
      ("a\n", ["a"]),
      ("a", ["a"]),
      ("a\n\nb\n", ["a", "", "b"]),
      ("a\r\nb\n", ["a\r", "b"]),
      ("a\u{2028}b\u{85}c\u{B}\u{0}\n", ["a\u{2028}b\u{85}c\u{B}\u{0}"]),
    ], Arrival.allCases)
  func splitting(input: (text: String, lines: [String]), arrival: Arrival) throws {
    let lines = try withInput(Array(input.text.utf8), arrival: arrival) { file in
      var reader = LineReader(file, capacity: 16)
      var lines: [String] = []
      while let line = try reader.next() { lines.append(String(decoding: line, as: UTF8.self)) }
      #expect(reader.lineNumber == input.lines.count)
      #expect(reader.lastLineEndedInLineFeed == (input.text.isEmpty || input.text.hasSuffix("\n")))
      return lines
    }
    #expect(lines == input.lines)
  }

  @Test("Where a long line is cut does not depend on how it arrives", arguments: Arrival.allCases)
  func windows(arrival: Arrival) throws {
    let bytes = Array("0123456789abcdefghij\nxyz\n0123456789".utf8)
    let pieces = try withInput(bytes, arrival: arrival) { file in
      var reader = LineReader(file, capacity: 16)
      var pieces: [String] = []
      while let window = try reader.window(upTo: 10) {
        let text = String(decoding: window.bytes, as: UTF8.self)
        pieces.append("\(reader.lineNumber)\(window.isCut ? "+" : ":")\(text)")
        reader.advance(past: window)
      }
      return pieces
    }
    #expect(pieces == ["1+0123456789", "1:abcdefghij", "2:xyz", "3:0123456789"])
  }

  @Test("A reader may pass a part of a window and look again")
  func partialAdvance() throws {
    let rest = try withInput(Array("abcdef\ng".utf8)) { file in
      var reader = LineReader(file)
      _ = try reader.window(upTo: 4)
      reader.advance(by: 2)
      #expect(reader.passedInLine == 2)
      let window = try #require(try reader.window(upTo: 10))
      #expect(window.endsInLineFeed)
      return String(decoding: window.bytes, as: UTF8.self)
    }
    #expect(rest == "cdef")
  }

  @Test("Output is flushed before a read that blocks, and only then")
  func beforeBlocking() throws {
    var ends: [CInt] = [0, 0]
    #expect(pipe(&ends) == 0)
    write(ends[1], "a\n", 2)
    var flushes = 0
    let lines = try {
      var lines: [String] = []
      var reader = LineReader(InputFile(borrowing: ends[0], name: "pipe")) {
        flushes += 1
        // What the reader of the output would then send.
        write(ends[1], "b\n", 2)
        close(ends[1])
      }
      while let line = try reader.next() {
        lines.append(String(decoding: line, as: UTF8.self))
        #expect(flushes == lines.count - 1)
      }
      return lines
    }()
    close(ends[0])
    #expect(lines == ["a", "b"])
    #expect(flushes == 1)
  }

  @Test("What cannot be opened or read is named")
  func unreadable() {
    let missing = #expect(throws: StreamError.self) { _ = try InputFile(path: "no/such/file") }
    #expect(missing?.description == "no/such/file: no such file or directory")
    let directory = #expect(throws: StreamError.self) { _ = try InputFile(path: "/") }
    #expect(directory?.problem == .unopenable(errno: EISDIR))
    let closed = #expect(throws: StreamError.self) {
      var reader = LineReader(InputFile(borrowing: -1, name: "closed"))
      _ = try reader.next()
    }
    #expect(closed?.problem == .unreadable(errno: EBADF))
  }
}

@Suite("Writing bytes")
struct ByteWriterTests {
  @Test("All bytes arrive, whatever the buffer", arguments: [1, 3, 4096])
  func everything(capacity: Int) throws {
    let pieces: [[UInt8]] = (0..<200).map { Array(repeating: UInt8($0), count: $0 * 7 % 50) }
    let bytes = try written { output in
      let writer = ByteWriter(descriptor: output.descriptor, capacity: capacity)
      for piece in pieces {
        try writer.write(piece)
        try writer.write(0x0A)
      }
      try writer.flush()
    }
    #expect(bytes == pieces.flatMap { $0 + [0x0A] })
  }

  @Test("A full disk is an error", .enabled(if: access("/dev/full", W_OK) == 0))
  func fullDisk() {
    let descriptor = open("/dev/full", O_WRONLY)
    defer { close(descriptor) }
    let writer = ByteWriter(descriptor: descriptor, name: "full")
    let error = #expect(throws: StreamError.self) {
      try writer.write("x")
      try writer.flush()
    }
    #expect(error?.description == "full: cannot write: no space left on device")
  }
}
