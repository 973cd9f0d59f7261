import ArgumentParser
import TextStreams
import Testing
import ToolSupport

@Suite("Options that tools share")
struct OptionTests {
  @Test(
    "Lengths of time",
    arguments: [
      ("90s", 90), ("10m", 600), ("1.5h", 5400), ("45", 45), ("0", 0), (".5m", 30),
      ("", nil), ("s", nil), ("-1", nil), ("1e3", nil), ("inf", nil), ("nan", nil), ("1d", nil),
      ("1.2.3", nil), ("0x10", nil), ("99999999999h", nil),
    ] as [(String, Double?)])
  func durations(text: String, seconds: Double?) {
    #expect(DurationArgument(argument: text)?.seconds == seconds)
  }

  @Test(
    "Lengths of time for people",
    arguments: [(0, "0s"), (59.4, "59s"), (59.6, "1m00s"), (3599, "59m59s"), (3900, "1h05m")])
  func formattedDurations(seconds: Double, text: String) {
    #expect(formatDuration(seconds: seconds) == text)
  }

  @Test(
    "Amounts of memory, as sort takes them",
    arguments: [
      ("12b", 12), ("3", 3 << 10), ("3K", 3 << 10), ("3k", 3 << 10), ("512M", 512 << 20),
      ("2G", 2 << 30), ("1T", 1 << 40), ("0", 0), ("", nil), ("M", nil), ("-1", nil), ("1.5G", nil),
      ("1MB", nil), ("1 M", nil), ("101%", nil), ("9999999999T", nil),
      ("99999999999999999999", nil),
      ("\u{0661}M", nil),
    ] as [(String, Int?)])
  func sizes(text: String, byteCount: Int?) {
    #expect(SizeArgument(argument: text)?.byteCount == byteCount)
  }

  @Test("A share of the machine's memory")
  func shares() throws {
    let all = try #require(SizeArgument(argument: "100%")?.byteCount)
    #expect(all > 64 << 20)
    #expect(SizeArgument(argument: "25%")?.byteCount == all / 100 * 25)
  }

  @Test("Numbers")
  func numbers() {
    #expect(fixed(3.14159, 2) == "3.14")
    #expect(fixed(-0.5, 0) == "-0")
    #expect(fixed(1e300, 1).count == 303)
    #expect(fixed(.infinity, 3) == "inf")
    #expect(fixed(.nan, 3) == "nan" && fixed(-.nan, 3) == "nan")
    #expect(grouped(0) == "0")
    #expect(grouped(-1_234_567) == "-1,234,567")
    #expect(grouped(.min) == "-9,223,372,036,854,775,808")
    #expect(grouped(100) == "100")
  }

  @Test("Threads")
  func jobs() throws {
    #expect(try JobsOption.parse(["-j", "3"]).jobs == 3)
    #expect(try JobsOption.parse([]).jobs >= 1)
    #expect(throws: (any Error).self) { try JobsOption.parse(["--threads", "0"]) }
  }

  @Test("A seed given is the seed used")
  func seed() throws {
    #expect(try SeedOption.parse(["--seed", "18446744073709551615"]).resolve() == .max)
    #expect(try SeedOption.parse([]).resolve() != SeedOption.parse([]).resolve())
  }

  @Test("No file is standard input")
  func inputs() throws {
    #expect(try InputFiles.parse([]).paths == ["-"])
    #expect(try InputFiles.parse(["a", "-"]).paths == ["a", "-"])
  }

  @Test(
    "Each problem has its exit status",
    arguments: [
      (.unopenable(errno: 2), .noInput), (.unreadable(errno: 5), .inputOutput),
      (.unwritable(errno: 28), .inputOutput), (.uncreatable(errno: 2), .cannotCreate),
      (.invalidUTF8, .badData), (.malformed("x"), .badData),
    ] as [(StreamError.Problem, ToolSupport.ExitStatus)])
  func statuses(problem: StreamError.Problem, status: ToolSupport.ExitStatus) {
    #expect(StreamError(stream: "s", problem: problem).exitStatus == status)
  }

  @Test("The version names the toolkit and what else matters")
  func version() {
    #expect(versionText("detok") == "detok (huaben) \(toolkitVersion)")
    #expect(versionText("tokenize", libraries: "ICU 72.1").hasSuffix(", ICU 72.1"))
  }
}
