import Glibc

/// The built tools, and the foreign programs that stand in for them.
enum Tools {
  static let names = ["tokenize", "vocab", "train", "generate", "score", "detok"]

  /// Where the tools were built: beside the test bundle.
  static let directory: String = {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let length = max(readlink("/proc/self/exe", &path, Int(PATH_MAX)), 0)
    return directory(
      of: String(decoding: path[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self))
  }()

  /// The root of the package.
  static let package = directory(of: directory(of: directory(of: #filePath)))

  /// Where `huaben-plot` is.
  static let scripts = "\(package)/Scripts/bin"

  /// Whether all of some programs can be found.
  static func have(_ programs: String...) -> Bool {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return programs.allSatisfy { program in
      path.split(separator: ":").contains { access("\($0)/\(program)", X_OK) == 0 }
    }
  }

  private static func directory(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
