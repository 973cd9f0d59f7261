internal import Glibc

/// A file without a name, for what is too much for memory.
///
/// No directory lists it, so nothing of it is left whatever ends the process.
final class ScratchFile {
  /// Appends to the file; what is read must be flushed before.
  let writer: ByteWriter
  private let descriptor: CInt

  /// Creates an empty file.
  ///
  /// - Parameter directory: Where it takes up its room.
  /// - Throws: ``StreamError`` with the problem `uncreatable`.
  init(in directory: String) throws(StreamError) {
    let name = "temporary file in \(directory)"
    let (descriptor, failure) = openUnnamed(in: directory)
    guard descriptor >= 0 else {
      throw StreamError(stream: name, problem: .uncreatable(errno: failure))
    }
    self.descriptor = descriptor
    writer = ByteWriter(descriptor: descriptor, name: name)
  }

  deinit { close(descriptor) }

  /// Reads bytes that are there.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - offset: Where in the file the first of them is.
  ///   - start: Where to put them.
  /// - Throws: ``StreamError`` with the problem `unreadable`.
  func read(
    _ count: Int, at offset: Int, into start: UnsafeMutableRawPointer
  ) throws(StreamError) {
    var filled = 0
    while filled < count {
      let result = pread(descriptor, start + filled, count - filled, off_t(offset + filled))
      if result > 0 {
        filled += result
      } else if result == 0 || errno != EINTR {
        let failure = result == 0 ? EIO : errno
        throw StreamError(stream: writer.name, problem: .unreadable(errno: failure))
      }
    }
  }
}

extension CountingMemory {
  /// Makes sure that files can be made in the directory, so that this fails now and not in hours.
  ///
  /// - Throws: ``StreamError`` with the problem `uncreatable`.
  package func checkDirectory() throws(StreamError) { _ = try ScratchFile(in: directory) }
}

/// `O_TMPFILE`, which is made of other macros.
private let unnamed: CInt = 0o20_000_000 | O_DIRECTORY

/// Opens a file for reading and writing that no directory lists.
private func openUnnamed(in directory: String) -> (descriptor: CInt, failure: CInt) {
  let descriptor = open(directory, unnamed | O_RDWR | O_EXCL | O_CLOEXEC, 0o600)
  let failure = errno
  // What file systems and kernels say that have no such files.
  guard descriptor < 0, [EOPNOTSUPP, EISDIR, EINVAL].contains(failure) else {
    return (descriptor, failure)
  }
  return openAndUnlink(in: directory)
}

/// Creates a file and takes its name away; no signal that can be blocked comes in between.
private func openAndUnlink(in directory: String) -> (descriptor: CInt, failure: CInt) {
  var (all, before) = (sigset_t(), sigset_t())
  sigfillset(&all)
  pthread_sigmask(SIG_SETMASK, &all, &before)
  defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
  var path = Array("\(directory)/.huaben-XXXXXX".utf8CString)
  let descriptor = mkstemp(&path)
  guard descriptor >= 0 else { return (descriptor, errno) }
  unlink(path)
  _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  return (descriptor, 0)
}
