internal import Glibc
internal import Synchronization

/// SIGINT as a wish that what is being done should stop, and not the program; SIGTERM and SIGHUP as
/// one that the program should end, once it has saved what there is.
///
/// A second after a wish to end, SIGALRM breaks off a wait for input that began just when the wish came
/// and so has missed it.
package struct InterruptKey: Sendable {
  /// Takes the signals over for the rest of the process, but for endings that the parent has ignored.
  package init() {
    TemporaryFiles.prepare()
    install(for: SIGINT) { _ in pressed.store(true, ordering: .sequentiallyConsistent) }
    install(for: SIGALRM, restarts: false) { _ in }
    for signalNumber in [SIGTERM, SIGHUP] where !isIgnored(signalNumber) {
      install(for: signalNumber) { signalNumber in
        let (isFirst, _) = ending.compareExchange(
          expected: 0, desired: signalNumber, ordering: .sequentiallyConsistent)
        guard isFirst else { return dieCleanly(of: signalNumber) }
        alarm(1)
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

  /// Waits until something can be read.
  ///
  /// - Parameter descriptor: What is to be read.
  /// - Returns: Whether it can, and not a signal wants the program to end.
  package func waitForInput(from descriptor: CInt) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while endingSignal == nil {
      if poll(&request, 1, -1) != -1 || errno != EINTR { return true }
    }
    return false
  }

  /// Forgets that the key was pressed.
  package func release() { pressed.store(false, ordering: .sequentiallyConsistent) }
}

/// Lock-free, so that a handler may set it.
private let pressed = Atomic<Bool>(false)

/// The first signal that wants an end, 0 for none; lock-free, too.
private let ending = Atomic<CInt>(0)
