import Glibc
package import TextStreams

/// An open temporary file without a name.
package struct UnnamedFile: ~Copyable {
  package let descriptor: CInt

  /// Opens a file that holds bytes, to be read from the first.
  package init(_ bytes: [UInt8] = []) {
    var template = Array("/tmp/huaben-test-XXXXXX".utf8CString)
    descriptor = mkstemp(&template)
    unlink(template)
    precondition(descriptor >= 0, "no temporary file, errno \(errno)")
    var count = 0
    while count < bytes.count {
      let written = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count)
      }
      precondition(written > 0, "a temporary file takes no more, errno \(errno)")
      count += written
    }
    lseek(descriptor, 0, SEEK_SET)
  }

  deinit { close(descriptor) }

  /// All bytes of the file.
  package func contents() -> [UInt8] {
    let size = Int(lseek(descriptor, 0, SEEK_END))
    return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while count < size {
        let read = pread(
          descriptor, buffer.baseAddress.map { $0 + count }, size - count, off_t(count))
        precondition(read > 0, "a temporary file cannot be read, errno \(errno)")
        count += read
      }
    }
  }
}

/// Returns what `body` writes.
package func written(_ body: (ByteWriter) throws -> Void) throws -> [UInt8] {
  let file = UnnamedFile()
  let writer = ByteWriter(descriptor: file.descriptor, name: "output")
  try body(writer)
  try writer.flush()
  return file.contents()
}
