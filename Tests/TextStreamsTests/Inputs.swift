import Glibc
import TestSupport
import TextStreams

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
  let file = UnnamedFile(bytes)
  return try body(InputFile(borrowing: file.descriptor, name: "input"))
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

/// Calls `body` with the bytes of a string.
func withBytes<Result>(
  of text: String, _ body: (UnsafeRawBufferPointer) throws -> Result
) rethrows -> Result {
  try Array(text.utf8).withUnsafeBytes(body)
}
