internal import Glibc
internal import Synchronization

/// The signals that want the program to end: the first is noted, a second one ends it at once,
/// temporary files removed.
enum EndingSignal {
  /// Takes the signals over for the rest of the process, but for those that the parent has ignored.
  ///
  /// - Parameters:
  ///   - signalNumbers: The signals.
  ///   - breaksOffWaits: Whether SIGALRM follows the first of them after a second, to break off a
  ///     wait for input that began just when the signal came and so has missed it.
  static func note(_ signalNumbers: [CInt], breaksOffWaits: Bool = false) {
    TemporaryFiles.prepare()
    first.store(0, ordering: .sequentiallyConsistent)
    isFollowed.store(breaksOffWaits, ordering: .sequentiallyConsistent)
    if breaksOffWaits { install(for: SIGALRM, restarts: false) { _ in } }
    for signalNumber in signalNumbers where !isIgnored(signalNumber) {
      install(for: signalNumber) { signalNumber in
        let (isFirst, _) = first.compareExchange(
          expected: 0, desired: signalNumber, ordering: .sequentiallyConsistent)
        guard isFirst else { return dieCleanly(of: signalNumber) }
        if isFollowed.load(ordering: .relaxed) { alarm(1) }
      }
    }
  }

  /// The signal that came first, or `nil`.
  static var noted: CInt? {
    let signalNumber = first.load(ordering: .relaxed)
    return signalNumber == 0 ? nil : signalNumber
  }
}

/// The first signal, 0 for none; lock-free, so that a handler may set it.
private let first = Atomic<CInt>(0)

/// Whether an alarm follows the first signal; lock-free, too.
private let isFollowed = Atomic<Bool>(false)
