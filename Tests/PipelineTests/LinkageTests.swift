import Glibc
import Testing

/// What an installed tool needs of the system; what make builds has Swift's runtime in it.
@Suite struct LinkageTests {
  private static let build = "\(Tools.package)/.build"

  // A release build that make did not make may link the runtime as libraries.
  static let canLook =
    Tools.have("ldd") && access("\(build)/made", F_OK) == 0
    && Tools.names.allSatisfy { access("\(build)/release/\($0)", X_OK) == 0 }

  @Test(.enabled(if: canLook, "needs what make builds, and ldd"), arguments: Tools.names)
  func theToolRunsWhereNoSwiftIs(tool: String) throws {
    try withWorkplace { place in
      let libraries = try place.succeed("ldd '\(Self.build)/release/\(tool)'").text
      #expect(libraries.contains("libc.so"))
      #expect(!libraries.contains("libswift"), "\(libraries)")
      #expect(!libraries.contains("Foundation"), "\(libraries)")
      // detok shares the library of tokenize, and generate cuts what is typed.
      let segments = ["tokenize", "detok", "generate"].contains(tool)
      #expect(libraries.contains("libicuuc") == segments, "\(libraries)")
      #expect(libraries.contains("libicui18n") == (tool == "tokenize"), "\(libraries)")
      #expect(libraries.contains("libedit") == (tool == "generate"), "\(libraries)")
      let computes = ["train", "generate", "score"].contains(tool)
      #expect(libraries.contains("libdnnl") == computes, "\(libraries)")
    }
  }
}
