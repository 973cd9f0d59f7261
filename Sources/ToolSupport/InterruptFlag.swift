internal import Glibc
internal import Synchronization

/// SIGINT, SIGTERM and SIGHUP as a flag that a long-running tool polls between steps.
///
/// The first signal sets the flag, so that the tool can save what it has; a second one ends the
/// process at once, temporary files removed.
package struct InterruptFlag: Sendable {
  /// Takes over the signals for the rest of the process, but for those that the parent has ignored.
  package init() {
    TemporaryFiles.prepare()
    received.store(0, ordering: .sequentiallyConsistent)
    for signalNumber in [SIGINT, SIGTERM, SIGHUP] where !isIgnored(signalNumber) {
      install(for: signalNumber) { signalNumber in
        let (isFirst, _) = received.compareExchange(
          expected: 0, desired: signalNumber, ordering: .sequentiallyConsistent)
        if !isFirst { dieCleanly(of: signalNumber) }
      }
    }
  }

  /// The signal that came, or `nil`.
  package var signal: Int32? {
    let signalNumber = received.load(ordering: .relaxed)
    return signalNumber == 0 ? nil : signalNumber
  }

  /// Whether a signal came.
  package var isSet: Bool { signal != nil }
}

/// The first signal received, 0 for none; lock-free, so a handler may set it.
private let received = Atomic<CInt>(0)
