internal import Glibc

/// A descriptor that is read, with the name it has in diagnostics.
package struct InputFile: ~Copyable {
  /// The path, or `<stdin>`.
  package let name: String
  package let descriptor: CInt
  private let isOwned: Bool

  /// Opens the file at `path`; `-` is standard input.
  ///
  /// - Parameter path: A path that is not a directory's.
  /// - Throws: ``StreamError`` with the problem `unopenable`.
  package init(path: String) throws(StreamError) {
    if path == "-" {
      self.init(borrowing: STDIN_FILENO, name: "<stdin>")
      return
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw StreamError(stream: path, problem: .unopenable(errno: errno))
    }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      close(descriptor)
      throw StreamError(stream: path, problem: .unopenable(errno: EISDIR))
    }
    self.init(descriptor: descriptor, name: path, isOwned: true)
  }

  /// Names a descriptor that the caller keeps and closes.
  package init(borrowing descriptor: CInt, name: String) {
    self.init(descriptor: descriptor, name: name, isOwned: false)
  }

  private init(descriptor: CInt, name: String, isOwned: Bool) {
    self.descriptor = descriptor
    self.name = name
    self.isOwned = isOwned
  }

  deinit {
    if isOwned { close(descriptor) }
  }
}
