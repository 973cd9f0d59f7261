import TestSupport
import Testing

/// What goes through the pipe comes back byte for byte, whatever it is.
@Suite struct RoundTripTests {
  /// Goes there and back, directly and as ids; `$FILE` is the file.
  private static let thereAndBack = """
    tokenize --invalid escape -j 2 "$FILE" > tokens
    detok tokens | cmp - "$FILE"
    vocab --min-count 2 tokens > v 2> /dev/null
    vocab encode -v v tokens 2> /dev/null | vocab decode | detok | cmp - "$FILE"
    """

  @Test(arguments: HostileFile.allCases)
  func hostileFiles(file: HostileFile) throws {
    try withWorkplace { place in
      place.write(file.bytes, to: "hostile")
      for unit in ["word", "character"] {
        try place.succeed(
          """
          \(Self.thereAndBack)
          tokenize -u \(unit) --invalid escape -j 1 < hostile > first
          tokenize -u \(unit) --invalid escape -j 2 < hostile | cmp - first
          detok first | cmp - hostile
          vocab bpe --size 500 first > pieces 2> /dev/null
          vocab encode -v pieces tokens 2> /dev/null | vocab decode | detok | cmp - hostile
          """, environment: ["FILE": "hostile"])
      }
    }
  }

  @Test func severalFilesAreTheirTextsJoined() throws {
    try withWorkplace { place in
      place.write("他说。没有", to: "a")
      place.write(" 人听 ", to: "b")
      try place.succeed(
        """
        cat a b a > all
        tokenize a b a | detok | cmp - all
        tokenize a - a < b | detok | cmp - all
        tokenize b > b.tok
        tokenize a | detok - b.tok > ab
        cat a b | cmp - ab
        """)
    }
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared/data"),
    arguments: SharedData.files(in: "torture", "novels"))
  func sharedFiles(name: String) throws {
    try withWorkplace { place in
      try place.succeed(
        "\(Self.thereAndBack)\ntokenize --invalid escape -j 1 \"$FILE\" | cmp - tokens",
        environment: ["FILE": "\(SharedData.root)/\(name)"])
    }
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared/data"),
    arguments: SharedData.files(in: "raw"))
  func sharedFilesInAnyEncoding(name: String) throws {
    try withWorkplace { place in
      try place.succeed(
        Self.thereAndBack, environment: ["FILE": "\(SharedData.root)/\(name)"])
    }
  }
}
