internal import Glibc
package import TextStreams

/// An output that appears under its name only when it is whole.
///
/// It is written beside its final place, synced, and renamed by ``commit()``. Without that, at the
/// end of the object's life and on a signal, nothing of it is left and what stood under the name
/// still does. A path that is no regular file, such as `/dev/null` or a FIFO, is written in place.
package final class AtomicFile {
  package let path: String
  /// Where to write; ``commit()`` flushes it.
  package let writer: ByteWriter
  /// Where the bytes are until they are committed; `nil` when written in place.
  private let temporary: String?
  private let target: String
  private let slot: Int?
  private var isOpen = true

  /// Creates the temporary file.
  ///
  /// - Parameter path: The final name.
  /// - Throws: ``StreamError`` with the problem `uncreatable`.
  package init(path: String) throws(StreamError) {
    func failure() -> StreamError {
      StreamError(stream: path, problem: .uncreatable(errno: errno))
    }
    self.path = path
    // A link stays a link, and what it points to is replaced.
    let target = resolved(path)
    self.target = target
    var status = stat()
    let exists = stat(target, &status) == 0
    let kind = status.st_mode & S_IFMT
    if exists, kind == S_IFDIR {
      throw StreamError(stream: path, problem: .uncreatable(errno: EISDIR))
    }
    if exists, access(target, W_OK) != 0 { throw failure() }
    if exists, kind != S_IFREG {
      let descriptor = open(target, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw failure() }
      (temporary, slot) = (nil, nil)
      writer = ByteWriter(descriptor: descriptor, name: path)
      return
    }
    let directory = directory(of: target)
    var descriptor: CInt = -1
    var name = ""
    var slot: Int?
    repeat {
      let random = UInt64.random(in: .min ... .max)
      name = "\(directory)/.huaben-\(String(random, radix: 36)).tmp"
      // Before it is made, or a signal in between would leave it.
      slot = TemporaryFiles.register(name)
      descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor < 0 {
        let isTaken = errno == EEXIST
        let error = failure()
        TemporaryFiles.forget(slot)
        if !isTaken { throw error }
      }
    } while descriptor < 0
    if exists { fchmod(descriptor, status.st_mode & 0o7777) }
    temporary = name
    self.slot = slot
    writer = ByteWriter(descriptor: descriptor, name: path)
  }

  deinit { discard() }

  /// Flushes, syncs, and gives the output its name.
  ///
  /// - Throws: ``StreamError`` with the problem `unwritable`; then nothing is left.
  package func commit() throws(StreamError) {
    precondition(isOpen, "\(path) is committed already")
    try writer.flush()
    guard let temporary else {
      isOpen = false
      guard close(writer.descriptor) == 0 else { throw unwritable() }
      return
    }
    guard fsync(writer.descriptor) == 0 else { throw unwritable() }
    guard rename(temporary, target) == 0 else { throw unwritable() }
    isOpen = false
    TemporaryFiles.forget(slot)
    guard close(writer.descriptor) == 0 else { throw unwritable() }
    syncDirectory()
  }

  /// Removes what was written; nothing after a commit.
  package func discard() {
    guard isOpen else { return }
    isOpen = false
    close(writer.descriptor)
    guard let temporary else { return }
    unlink(temporary)
    TemporaryFiles.forget(slot)
  }

  private func unwritable() -> StreamError {
    StreamError(stream: path, problem: .unwritable(errno: errno))
  }

  /// Makes the new name survive a power cut, where the file system can.
  private func syncDirectory() {
    let descriptor = open(directory(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

/// Returns where a path leads once links are followed, or the path itself if nothing is there.
private func resolved(_ path: String) -> String {
  guard let real = realpath(path, nil) else { return path }
  defer { free(real) }
  return String(cString: real)
}

/// Returns the directory that a path's last component is in.
func directory(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
