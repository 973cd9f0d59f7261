internal import ArgumentParser
internal import Glibc
internal import TextStreams

/// The option `--progress`, which shows progress even where standard error is no terminal.
package struct ProgressOption: ParsableArguments {
  @Flag(help: "Show progress even if standard error is not a terminal.")
  package var progress = false

  package init() {}

  /// Returns the line to report on; it stays silent where progress is not wanted.
  package func makeLine() -> ProgressLine {
    ProgressLine(isShown: progress || isatty(STDERR_FILENO) == 1)
  }
}

/// One line on standard error, rewritten as work goes on.
package final class ProgressLine {
  /// Whether updates are shown at all.
  package let isShown: Bool
  private var shownWidth = 0
  private var lastUpdate: ContinuousClock.Instant?
  private let writer = ByteWriter(descriptor: STDERR_FILENO, name: "<stderr>", capacity: 4096)
  private static let interval = Duration.milliseconds(200)

  package init(isShown: Bool) { self.isShown = isShown }

  deinit { clear() }

  /// Shows a new text, unless one was shown less than a fifth of a second ago.
  ///
  /// - Parameters:
  ///   - isForced: Shows the text in any case.
  ///   - text: Made only if it is shown; cut to the terminal's width.
  package func update(isForced: Bool = false, _ text: @autoclosure () -> String) {
    guard isShown else { return }
    let now = ContinuousClock.now
    if !isForced, let lastUpdate, now - lastUpdate < Self.interval { return }
    lastUpdate = now
    write(String(text().prefix(terminalWidth() - 1)))
  }

  /// Removes the line, before other text or at the end.
  package func clear() {
    guard shownWidth > 0 else { return }
    write("")
    try? writer.write("\r")
    writer.flushIfPossible()
  }

  private func write(_ text: String) {
    let width = text.count
    let padding = String(repeating: " ", count: max(0, shownWidth - width))
    try? writer.write("\r\(text)\(padding)")
    writer.flushIfPossible()
    shownWidth = width
  }

  private func terminalWidth() -> Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1 else { return 80 }
    return Int(size.ws_col)
  }
}
