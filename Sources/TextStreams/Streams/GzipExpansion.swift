internal import CZlib

/// Expands gzip data, of several members too, as concatenating gzip files makes them.
///
/// Source: RFC 1952.
final class GzipExpansion: ByteStage {
  /// The first bytes of a member: the magic and the only method there is.
  private static let magic: [UInt8] = [0x1F, 0x8B, 8]
  /// How many bytes are expanded at once.
  private static let piece = 65_536
  /// After how many bytes a call ends, as a few of gzip's can be a thousand times as many.
  private static let most = 262_144

  private let name: String
  /// zlib keeps the address of this.
  private let stream: UnsafeMutablePointer<z_stream>
  private let room: UnsafeMutableBufferPointer<UInt8>
  private var isInMember = false
  private var memberCount = 0
  private var expandedCount = 0

  /// Creates the stage.
  ///
  /// - Parameter name: The file's name in diagnostics.
  init(name: String) {
    self.name = name
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    room = .allocate(capacity: Self.piece)
    // 31 is the largest window with gzip's header and trailer around the data.
    let code = inflateInit2_(stream, 31, ZLIB_VERSION, CInt(MemoryLayout<z_stream>.size))
    precondition(code == Z_OK, "zlib's inflateInit2 answers \(code)")
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    room.deallocate()
  }

  /// Whether a file with these first bytes is gzip's.
  static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.starts(with: magic) }

  /// Whether it takes more bytes than these to know.
  static func mayBegin(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count < magic.count && magic.starts(with: bytes)
  }

  func process(
    _ input: UnsafeRawBufferPointer, isEnd: Bool, into output: inout [UInt8]
  ) throws(StreamError) -> Int {
    let before = output.count
    var consumed = 0
    while isEnd || output.count - before < Self.most {
      let rest = UnsafeRawBufferPointer(rebasing: input[consumed...])
      if !isInMember {
        let padding = memberCount > 0 ? rest.prefix { $0 == 0 }.count : 0
        consumed += padding
        let member = UnsafeRawBufferPointer(rebasing: rest[padding...])
        guard try beginsMember(member, isEnd: isEnd) else { break }
      } else {
        let (used, made) = try expand(rest, into: &output)
        consumed += used
        guard used > 0 || made > 0 else { break }
      }
    }
    if isEnd, isInMember {
      throw malformed("the gzip data is cut off \(place); copy the file again")
    }
    return consumed
  }

  /// Whether another member begins here; nothing but padding may follow the last.
  private func beginsMember(
    _ bytes: UnsafeRawBufferPointer, isEnd: Bool
  ) throws(StreamError) -> Bool {
    if bytes.isEmpty || !isEnd && Self.mayBegin(bytes) { return false }
    guard Self.begins(bytes) else {
      throw malformed("other bytes follow the gzip data \(place); remove them, or copy it again")
    }
    inflateReset(stream)
    isInMember = true
    memberCount += 1
    return true
  }

  /// Expands some bytes of a member.
  ///
  /// - Returns: How many bytes were consumed, and how many appended.
  private func expand(
    _ input: UnsafeRawBufferPointer, into output: inout [UInt8]
  ) throws(StreamError) -> (used: Int, made: Int) {
    let count = min(input.count, Self.piece)
    // zlib's declaration lacks a const, but it does not write to what it reads.
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    stream.pointee.avail_in = UInt32(count)
    stream.pointee.next_out = room.baseAddress
    stream.pointee.avail_out = UInt32(room.count)
    let code = inflate(stream, Z_NO_FLUSH)
    let used = count - Int(stream.pointee.avail_in)
    let made = room.count - Int(stream.pointee.avail_out)
    output.append(contentsOf: UnsafeBufferPointer(rebasing: room[..<made]))
    expandedCount += made
    switch code {
    case Z_STREAM_END: isInMember = false
    case Z_OK, Z_BUF_ERROR: break
    default:
      let reason = stream.pointee.msg.map { String(cString: $0) } ?? "zlib's code \(code)"
      throw malformed("damaged gzip data, \(reason), \(place); copy the file again")
    }
    return (used, made)
  }

  private var place: String { "after \(expandedCount) bytes of text" }

  private func malformed(_ reason: String) -> StreamError {
    StreamError(stream: name, problem: .malformed(reason))
  }
}
