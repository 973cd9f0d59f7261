import CZlib
import Testing

@testable import TextStreams

@Suite("Gzip data is read as what it holds")
struct GzipTests {
  private static let text = Array(String(repeating: "却说 一回\n", count: 3_000).utf8)

  private func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      CInt(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var bytes = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 1_000)
    let room = output.count
    bytes.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(room)
        deflate(&stream, Z_FINISH)
      }
    }
    return Array(output[..<(room - Int(stream.avail_out))])
  }

  private func read(_ bytes: [UInt8], _ arrival: Arrival = .file) throws -> [UInt8] {
    try withInput(bytes, arrival: arrival) { file in
      var reader = ByteReader(file, expandsGzip: true)
      while try reader.fill() {}
      return Array(reader.unread)
    }
  }

  @Test("Members, padding, and what is no gzip", arguments: Arrival.allCases)
  func expansion(arrival: Arrival) throws {
    let member = gzip(Self.text)
    #expect(try read(member, arrival) == Self.text)
    #expect(try read(member + gzip([]) + gzip([0x1F]), arrival) == Self.text + [0x1F])
    #expect(try read(member + [0, 0, 0], arrival) == Self.text)
    for plain in [[], [0x1F], [0x1F, 0x8B], [0x1F, 0x8B, 7, 8], Self.text] as [[UInt8]] {
      #expect(try read(plain, arrival) == plain)
    }
  }

  @Test("Data that is cut off anywhere is refused")
  func truncation() throws {
    let member = gzip(Array("却说".utf8))
    for length in 3..<member.count {
      let error = #expect(throws: StreamError.self) { try read(Array(member[..<length])) }
      #expect(error?.description.hasPrefix("input: the gzip data is cut off after ") == true)
    }
  }

  @Test("Damaged data is refused, once what comes before has been read")
  func damage() throws {
    var member = gzip(Self.text)
    member[member.count - 5] ^= 1
    let damaged = member
    try withInput(damaged) { file in
      var reader = ByteReader(file, expandsGzip: true)
      let error = #expect(throws: StreamError.self) { while try reader.fill() {} }
      #expect(error?.description.contains("damaged gzip data, incorrect data check") == true)
      #expect(Array(reader.unread) == Self.text)
    }
    for index in [3, 12, 20] {
      var broken = gzip(Self.text)
      broken[index] ^= 0xFF
      #expect(throws: StreamError.self) { try read(broken) }
    }
  }

  @Test("Other bytes behind the data are refused")
  func garbage() throws {
    for rest in [[0x41], [0x1F], [0x1F, 0x8B], [0, 0, 0x41]] as [[UInt8]] {
      let error = #expect(throws: StreamError.self) { try read(gzip(Self.text) + rest) }
      #expect(error?.description.contains("other bytes follow the gzip data") == true)
    }
  }

  @Test("What expands a thousandfold is expanded piece by piece")
  func bomb() throws {
    let count = 8 << 20
    let member = gzip([UInt8](repeating: 0x61, count: count))
    try withInput(member) { file in
      var reader = ByteReader(file, expandsGzip: true)
      var total = 0
      while try reader.fill() {
        total += reader.unread.count
        #expect(reader.unread.count <= 1 << 19)
        reader.consume(reader.unread.count)
      }
      #expect(total == count)
    }
  }
}
