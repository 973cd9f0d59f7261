internal import Glibc
internal import Synchronization

/// SIGINT as a wish that what is being done should stop, and not the program; SIGTERM and SIGHUP as
/// one that the program should end, once it has saved what there is.
package struct InterruptKey: Sendable {
  /// Takes the signals over for the rest of the process, but for endings that the parent has ignored.
  package init() {
    EndingSignal.note([SIGTERM, SIGHUP], breaksOffWaits: true)
    install(for: SIGINT) { _ in pressed.store(true, ordering: .sequentiallyConsistent) }
  }

  /// Whether the key was pressed since the last ``release()``, or the program is to end.
  package var isPressed: Bool { pressed.load(ordering: .relaxed) || endingSignal != nil }

  /// The signal that wants the program to end, if one came.
  package var endingSignal: Int32? { EndingSignal.noted }

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
