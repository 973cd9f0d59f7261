import Glibc

/// A file's bytes, in place where the system can map them, else read into memory.
///
/// `@unchecked Sendable`: the bytes are only read.
final class MappedFile: @unchecked Sendable {
  let bytes: UnsafeRawBufferPointer
  private let isMapped: Bool

  /// Opens and maps, or reads, a file.
  init(path: String) throws(ModelFileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(path) }
    if status.st_mode & S_IFMT == S_IFREG && status.st_size > 0 {
      let size = Int(status.st_size)
      guard let base = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), base != MAP_FAILED
      else { throw Self.failure(path) }
      bytes = UnsafeRawBufferPointer(start: base, count: size)
      isMapped = true
    } else {
      bytes = try Self.readAll(descriptor, path: path)
      isMapped = false
    }
  }

  deinit {
    let base = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
    if isMapped { munmap(base, bytes.count) } else { free(base) }
  }

  private static func failure(_ path: String) -> ModelFileError {
    .unreadable(path: path, reason: String(cString: strerror(errno)).lowercased())
  }

  private static func readAll(
    _ descriptor: CInt, path: String
  ) throws(ModelFileError) -> UnsafeRawBufferPointer {
    var (memory, capacity, count) = (malloc(1 << 20), 1 << 20, 0)
    while let base = memory {
      if count == capacity {
        capacity *= 2
        memory = realloc(base, capacity)
        continue
      }
      let length = read(descriptor, base + count, capacity - count)
      if length == 0 { return UnsafeRawBufferPointer(start: base, count: count) }
      guard length > 0 || errno == EINTR else {
        let failure = failure(path)
        free(base)
        throw failure
      }
      count += max(0, length)
    }
    throw .unreadable(path: path, reason: "no memory for it")
  }
}
