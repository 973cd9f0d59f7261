internal import ArgumentParser
internal import Glibc

/// Which file a path leads to, whatever it is called.
private struct FileIdentity: Equatable {
  private let device: UInt
  private let number: UInt
  /// Whether it has bytes of its own.
  let isRegular: Bool

  /// Finds out; `nil` if there is no such file.
  init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (device, number) = (UInt(status.st_dev), UInt(status.st_ino))
    isRegular = status.st_mode & S_IFMT == S_IFREG
  }
}

/// Whether two paths are one, or lead to one file, also if it is yet to be made; two names of a device
/// or a pipe do not.
package func leadToOneFile(_ first: String, _ second: String) -> Bool {
  if first == second { return true }
  let (file, other) = (FileIdentity(of: first), FileIdentity(of: second))
  guard file == nil, other == nil else { return file == other && file?.isRegular == true }
  return FileIdentity(of: directory(of: first)) == FileIdentity(of: directory(of: second))
    && first.split(separator: "/").last == second.split(separator: "/").last
}

/// Makes sure that what an option names does not take the place of a file that took long to make.
///
/// - Parameters:
///   - paths: The files, such as models.
///   - output: The file to write, if it is one.
///   - option: What names it.
/// - Throws: A usage error.
package func spareFiles(_ paths: [String], from output: String?, of option: String) throws {
  guard let output, output != "-" else { return }
  for path in paths where leadToOneFile(path, output) {
    throw ValidationError(
      "\(option) \(output) would replace \(path), which is read; name another file")
  }
}
