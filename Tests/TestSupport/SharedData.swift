import Glibc
import TextStreams

/// Data that lies beside the repository where there is any.
package enum SharedData {
  package static let root: String = {
    // …/Tests/TestSupport/SharedData.swift, in a checkout beside `shared`.
    let package = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return "/\(package)/../shared/data"
  }()

  package static var isPresent: Bool { access(root, R_OK) == 0 }

  /// The files of some folders, by paths relative to the data's root.
  package static func files(in folders: String...) -> [String] {
    folders.flatMap { folder in
      Files.names(in: "\(root)/\(folder)").filter { !$0.hasPrefix(".") }.map { "\(folder)/\($0)" }
    }
  }

  package static func contents(of path: String) throws -> [UInt8] {
    var reader = ByteReader(try InputFile(path: "\(root)/\(path)"))
    while try reader.fill() {}
    return Array(reader.unread)
  }
}
