import Glibc
import TextStreams

/// A small seeded generator, so that a failure can be repeated.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// How bytes reach a reader.
enum Arrival: CaseIterable {
  case file
  case pipe
  /// A pipe that gives a few bytes at a time.
  case trickle
}

/// Calls `body` with an input named `input` that holds `bytes`.
func withInput<Result>(
  _ bytes: [UInt8], arrival: Arrival = .file,
  _ body: (consuming InputFile) throws -> Result
) throws -> Result {
  guard arrival == .file else { return try withPipe(bytes, arrival, body) }
  let file = try requireFile(bytes)
  defer { fclose(file) }
  return try body(InputFile(borrowing: fileno(file), name: "input"))
}

/// Opens an unnamed temporary file that holds `bytes`.
func requireFile(_ bytes: [UInt8]) throws -> UnsafeMutablePointer<FILE> {
  guard let file = tmpfile() else { throw POSIXFailure(errno: errno) }
  fwrite(bytes, 1, bytes.count, file)
  fflush(file)
  lseek(fileno(file), 0, SEEK_SET)
  return file
}

private struct POSIXFailure: Error {
  var errno: CInt
}

private func withPipe<Result>(
  _ bytes: [UInt8], _ arrival: Arrival, _ body: (consuming InputFile) throws -> Result
) throws -> Result {
  var ends: [CInt] = [0, 0]
  guard pipe(&ends) == 0 else { throw POSIXFailure(errno: errno) }
  signal(SIGPIPE, SIG_IGN)
  let feeder = Feeder(bytes: bytes, descriptor: ends[1], pieceSize: arrival == .pipe ? 65_536 : 7)
  feeder.start()
  defer {
    close(ends[0])
    feeder.join()
  }
  return try body(InputFile(borrowing: ends[0], name: "input"))
}

/// Writes bytes to a pipe from a thread of its own and closes it.
private final class Feeder: @unchecked Sendable {
  // Safe: nothing changes between `start` and `join`.
  private let bytes: [UInt8]
  private let descriptor: CInt
  private let pieceSize: Int
  private var thread = pthread_t()

  init(bytes: [UInt8], descriptor: CInt, pieceSize: Int) {
    self.bytes = bytes
    self.descriptor = descriptor
    self.pieceSize = pieceSize
  }

  func start() {
    pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<Feeder>.fromOpaque(context).takeRetainedValue().feed()
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
  }

  func join() { pthread_join(thread, nil) }

  private func feed() {
    var start = 0
    while start < bytes.count {
      let end = min(start + pieceSize, bytes.count)
      let written = bytes[start..<end].withUnsafeBytes {
        write(descriptor, $0.baseAddress, $0.count)
      }
      guard written > 0 else { break }
      start += written
    }
    close(descriptor)
  }
}

/// Returns what `body` writes.
func written(_ body: (ByteWriter) throws -> Void) throws -> [UInt8] {
  let file = try requireFile([])
  defer { fclose(file) }
  let writer = ByteWriter(descriptor: fileno(file), name: "output")
  try body(writer)
  try writer.flush()
  return try contents(of: file)
}

/// Returns all bytes of a file.
func contents(of file: UnsafeMutablePointer<FILE>) throws -> [UInt8] {
  let length = Int(lseek(fileno(file), 0, SEEK_END))
  lseek(fileno(file), 0, SEEK_SET)
  var bytes = [UInt8](repeating: 0, count: length)
  var filled = 0
  while filled < length {
    let count = bytes.withUnsafeMutableBytes {
      read(fileno(file), $0.baseAddress.map { $0 + filled }, length - filled)
    }
    guard count > 0 else { throw POSIXFailure(errno: errno) }
    filled += count
  }
  return bytes
}

/// Calls `body` with the bytes of a string.
func withBytes<Result>(
  of text: String, _ body: (UnsafeRawBufferPointer) throws -> Result
) rethrows -> Result {
  try Array(text.utf8).withUnsafeBytes(body)
}
