import Glibc
import TestSupport
import Testing

/// A run that is interrupted keeps what it learned.
@Suite struct InterruptTests {
  /// Trains until it is stopped.
  private static let train =
    "exec train --updates 100000000 --valid-freq 5u --seed 1 \(Story.small) --log log -o model"

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143), (SIGHUP, 129)] as [(CInt, Int32)])
  func theModelIsSaved(signal: CInt, status: Int32) throws {
    let story = try Story.made()
    try withWorkplace { place in
      let child = try place.start("\(Self.train) $STORY/story.ids", environment: story.environment)
      waitForRow(in: place, of: child)
      kill(child.process, signal)
      let outcome = child.finish()
      #expect(outcome.status == status, "\(outcome.diagnostics)")
      #expect(outcome.output.isEmpty)
      let last = try #require(outcome.diagnosticLines.last)
      #expect(last.hasPrefix("train: interrupted; saved model, the model after "))
      #expect(last.contains("held-out") && last.contains("bits/char"))
      try place.succeed(
        "score -m model $STORY/story.tok && echo '却 说' | generate -m model --top-k 1",
        environment: story.environment)
    }
  }

  @Test func theModelGoesIntoAPipe() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let script = Self.train.replacing(" -o model", with: " $STORY/story.ids > piped")
      let child = try place.start(script, environment: story.environment)
      waitForRow(in: place, of: child)
      kill(child.process, SIGTERM)
      #expect(child.finish().status == 143)
      try place.succeed("score -m piped $STORY/story.tok", environment: story.environment)
    }
  }

  @Test(
    arguments: [Filter.tokenize, .vocab, .coverage, .encode, .train], [SIGINT, SIGTERM, SIGHUP])
  func whatHasNothingYetLeavesNothing(filter: Filter, signal: CInt) throws {
    let story = try Story.made()
    try withWorkplace { place in
      // It waits for input that does not come.
      try place.succeed("mkfifo input")
      let child = try place.start(
        "exec 3<> input; exec \(filter.command) -o out input", environment: story.environment)
      // Its temporary file shows that it has begun.
      while !Files.names(in: place.path).contains(where: { $0.hasPrefix(".huaben") }),
        !hasEnded(child)
      { usleep(10_000) }
      kill(child.process, signal)
      let outcome = child.finish()
      #expect(outcome.status == 128 + signal, "\(outcome.diagnostics)")
      #expect(outcome.diagnostics == "")
      #expect(!place.exists("out"))
    }
  }

  /// Waits until a held-out loss has been logged, or the program is gone.
  private func waitForRow(in place: Workplace, of child: Child) {
    while splitLines(place.text(of: "log")).count < 2, !hasEnded(child) { usleep(10_000) }
  }

  /// Whether a program has ended; it stays to be waited for.
  private func hasEnded(_ child: Child) -> Bool {
    var information = siginfo_t()
    return waitid(P_PID, id_t(child.process), &information, WEXITED | WNOHANG | WNOWAIT) != 0
      || information.si_signo == SIGCHLD
  }
}
