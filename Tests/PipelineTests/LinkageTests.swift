import Glibc
import Testing

/// What an installed tool needs of the system; only release builds link Swift's runtime statically.
@Suite struct LinkageTests {
  private static let release = "\(Tools.package)/.build/release"

  static let canLook =
    Tools.have("ldd") && Tools.names.allSatisfy { access("\(release)/\($0)", X_OK) == 0 }

  @Test(.enabled(if: canLook, "needs a release build and ldd"), arguments: Tools.names)
  func theToolRunsWhereNoSwiftIs(tool: String) throws {
    try withWorkplace { place in
      let libraries = try place.succeed("ldd '\(Self.release)/\(tool)'").text
      #expect(libraries.contains("libc.so"))
      #expect(!libraries.contains("libswift"), "\(libraries)")
      #expect(!libraries.contains("Foundation"), "\(libraries)")
      #expect(libraries.contains("libicuuc") == (tool == "tokenize"), "\(libraries)")
      let computes = ["train", "generate", "score"].contains(tool)
      #expect(libraries.contains("libdnnl") == computes, "\(libraries)")
    }
  }
}
