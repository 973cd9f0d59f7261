import Glibc

/// Data that lies beside the repository where there is any.
enum SharedData {
  static let root = "\(Tools.package)/../shared/data"

  static var isPresent: Bool { access(root, R_OK) == 0 }

  /// The files of some folders, by paths relative to the data's root.
  static func files(in folders: String...) -> [String] {
    folders.flatMap { folder in
      Files.names(in: "\(root)/\(folder)").filter { !$0.hasPrefix(".") }.map { "\(folder)/\($0)" }
    }
  }
}
