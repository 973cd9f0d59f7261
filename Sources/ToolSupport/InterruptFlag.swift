internal import Glibc

/// SIGINT, SIGTERM and SIGHUP as a flag that a long-running tool polls between steps.
///
/// The first signal sets the flag, so that the tool can save what it has; a second one ends the
/// process at once, temporary files removed.
package struct InterruptFlag: Sendable {
  /// Takes over the signals for the rest of the process, but for those that the parent has ignored.
  package init() { EndingSignal.note([SIGINT, SIGTERM, SIGHUP]) }

  /// The signal that came, or `nil`.
  package var signal: Int32? { EndingSignal.noted }

  /// Whether a signal came.
  package var isSet: Bool { signal != nil }
}
