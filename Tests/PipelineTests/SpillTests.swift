import Glibc
import TestSupport
import Testing

/// What `vocab` has no memory for goes to files that nobody sees.
@Suite struct SpillTests {
  /// Many different tokens, which `-S 2M` does not hold; they all have to be on disk in the end.
  private static let tokens = "seq 10000000 10150000"

  @Test(arguments: [
    "-S 1b", "--buffer-size 2M", "-S 0 -T tmp --max-size 5000", "-S3000 --min-count 2",
  ])
  func theVocabularyIsThatOfAllMemory(options: String) throws {
    try withWorkplace { place in
      let kept = options.split(separator: " ", omittingEmptySubsequences: true)
        .drop { !$0.hasPrefix("--m") }.joined(separator: " ")
      try place.succeed(
        """
        { \(Self.tokens); seq 10000000 7 10150000; } > tokens
        vocab \(options) -o small tokens 2> said
        vocab \(kept) -S 90% tokens 2> expected-to-be-said > large
        cmp small large
        cmp said expected-to-be-said
        """)
    }
  }

  @Test func aDirectoryThatIsNotThereIsNamed() throws {
    try withWorkplace { place in
      place.write("a b\n", to: "tokens")
      for command in [
        "vocab -T nowhere tokens", "vocab merge --temporary-directory nowhere tokens",
        "vocab coverage --by-size -T nowhere tokens",
      ] {
        try place.run(command).expectFailure(
          73, "vocab", saying: "temporary file in nowhere: cannot create: no such file")
      }
      try place.run("vocab -T tokens tokens").expectFailure(
        73, "vocab", saying: "temporary file in tokens: cannot create: not a directory")
      // One that nobody named is made only when it is needed.
      try place.succeed("TMPDIR=nowhere vocab tokens")
      try place.run("\(Self.tokens) | TMPDIR=nowhere vocab -S 2M -o out").expectFailure(
        73, "vocab", saying: "temporary file in nowhere")
      #expect(!place.exists("out"))
    }
  }

  /// A limit on the size of files is met as a full disk is, by a write that fails.
  @Test func aDiskThatTakesNoMoreIsNamed() throws {
    try withWorkplace { place in
      place.write("old", to: "out")
      let outcome = try place.run("\(Self.tokens) | (ulimit -f 100; vocab -S 2M -T tmp -o out)")
      outcome.expectFailure(74, "vocab", saying: "temporary file in tmp: cannot write")
      #expect(place.text(of: "out") == "old")
    }
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGKILL])
  func nothingIsLeftWhateverEndsIt(signal: CInt) throws {
    try withWorkplace { place in
      // The input does not end, so it waits with its runs on disk.
      try place.succeed("\(Self.tokens) > tokens; mkfifo input")
      let child = try place.start(
        "exec 3<> input; exec vocab -S 2M -T tmp tokens tokens input > out")
      while !Self.hasUnnamedFile(child), kill(child.process, 0) == 0 { usleep(10_000) }
      #expect(Files.names(in: "\(place.path)/tmp") == [])
      kill(child.process, signal)
      #expect(child.finish().status == 128 + signal)
      #expect(Files.names(in: "\(place.path)/tmp") == [])
      #expect(place.text(of: "out") == "")
    }
  }

  /// Whether a program has a file open that no directory lists.
  private static func hasUnnamedFile(_ child: Child) -> Bool {
    let descriptors = "/proc/\(child.process)/fd"
    return Files.names(in: descriptors).contains { name in
      var target = [CChar](repeating: 0, count: 4096)
      let length = max(readlink("\(descriptors)/\(name)", &target, target.count), 0)
      return String(decoding: target[..<length].map(UInt8.init(bitPattern:)), as: UTF8.self)
        .hasSuffix("(deleted)")
    }
  }
}
