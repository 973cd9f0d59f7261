import Glibc
import TextStreams

/// Data that lies beside the repository where there is any.
enum SharedData {
  private static let root: String = {
    // …/Tests/EncodingsTests/SharedData.swift, in a checkout beside `shared`.
    let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(package)/../shared/data"
  }()

  static var isPresent: Bool { access(root, R_OK) == 0 }

  static func contents(of path: String) throws -> [UInt8] {
    var reader = ByteReader(try InputFile(path: "\(root)/\(path)"))
    while try reader.fill() {}
    return Array(reader.unread)
  }
}
