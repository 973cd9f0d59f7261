internal import Glibc
internal import Synchronization

/// SIGINT as a wish that what is being done should stop, and not the program; SIGTERM and SIGHUP as
/// one that the program should end, once it has saved what there is.
package struct InterruptKey: Sendable {
  /// Takes the signals over for the rest of the process, but for endings that the parent has ignored.
  package init() {
    TemporaryFiles.prepare()
    install(for: SIGINT) { _ in pressed.store(true, ordering: .sequentiallyConsistent) }
    for signalNumber in [SIGTERM, SIGHUP] where !isIgnored(signalNumber) {
      install(for: signalNumber) { signalNumber in
        let (isFirst, _) = ending.compareExchange(
          expected: 0, desired: signalNumber, ordering: .sequentiallyConsistent)
        if !isFirst { dieCleanly(of: signalNumber) }
      }
    }
  }

  /// Whether the key was pressed since the last ``release()``, or the program is to end.
  package var isPressed: Bool { pressed.load(ordering: .relaxed) || endingSignal != nil }

  /// The signal that wants the program to end, if one came.
  package var endingSignal: Int32? {
    let signalNumber = ending.load(ordering: .relaxed)
    return signalNumber == 0 ? nil : signalNumber
  }

  /// Forgets that the key was pressed.
  package func release() { pressed.store(false, ordering: .sequentiallyConsistent) }
}

/// Lock-free, so that a handler may set it.
private let pressed = Atomic<Bool>(false)

/// The first signal that wants an end, 0 for none; lock-free, too.
private let ending = Atomic<CInt>(0)
