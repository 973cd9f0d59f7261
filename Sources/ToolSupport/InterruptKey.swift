internal import Glibc
internal import Synchronization

/// SIGINT as a wish that what is being done should stop, and not the program.
package struct InterruptKey: Sendable {
  /// Takes the signal over for the rest of the process.
  package init() {
    TemporaryFiles.prepare()
    install(for: SIGINT) { _ in pressed.store(true, ordering: .sequentiallyConsistent) }
  }

  /// Whether the key was pressed since the last ``release()``.
  package var isPressed: Bool { pressed.load(ordering: .relaxed) }

  /// Forgets that the key was pressed.
  package func release() { pressed.store(false, ordering: .sequentiallyConsistent) }
}

/// Lock-free, so that a handler may set it.
private let pressed = Atomic<Bool>(false)
