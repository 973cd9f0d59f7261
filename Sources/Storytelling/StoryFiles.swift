internal import Glibc
internal import TextStreams
internal import ToolSupport

/// The files that a session saves a story to.
///
/// A file that the session did not write is not overwritten unless that is asked for, and neither
/// is one that somebody else has changed since.
struct StoryFiles {
  /// What tells whether a file is still as it was left.
  private struct Stamp: Equatable {
    let device: UInt
    let inode: UInt
    let size: Int
    let seconds: Int
    let nanoseconds: Int

    /// That of a regular file; `nil` where there is none.
    init?(path: String) {
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      (device, inode, size) = (status.st_dev, status.st_ino, status.st_size)
      (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
  }

  /// Where to save a story that is not saved when the session is ended, in this order: here or at
  /// home, as ed(1) does.
  static var rescuePaths: [String] {
    let home = getenv("HOME").map { String(cString: $0) + "/" }
    let names = ["generate.hup"] + (1...99).map { "generate.hup.\($0)" }
    return ["", home].compactMap { $0 }.flatMap { directory in names.map { directory + $0 } }
  }

  /// Whether there is anything of that name, be it a FIFO or a link to nowhere.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  private var stamps: [String: Stamp] = [:]
  /// Where the story was saved last.
  private(set) var last: String?

  /// Saves a text; the file appears when it is whole.
  ///
  /// - Parameters:
  ///   - text: The bytes.
  ///   - path: The file.
  ///   - replaces: Whether a file of others may be overwritten.
  /// - Throws: ``ToolError`` that says why not; then all is as before.
  mutating func save(_ text: [UInt8], to path: String, replaces: Bool) throws(ToolError) {
    if !replaces, let stamp = Stamp(path: path), stamp != stamps[path] {
      let reason =
        stamps[path] == nil ? "exists and is not of this session" : "was changed by another program"
      throw ToolError(.cannotCreate, "\(path): \(reason); 'w! \(path)' replaces it")
    }
    do throws(StreamError) {
      let file = try AtomicFile(path: path)
      try file.writer.write(text)
      try file.commit()
    } catch {
      throw ToolError(error.exitStatus, error.description)
    }
    stamps[path] = Stamp(path: path)
    last = path
  }
}
