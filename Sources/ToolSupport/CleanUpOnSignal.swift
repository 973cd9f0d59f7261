internal import Glibc
internal import Synchronization

/// Temporary files that a signal must not leave behind.
///
/// Until an ``InterruptFlag`` or an ``InterruptKey`` is made, the first SIGINT, SIGTERM, SIGHUP or
/// SIGPIPE removes them and ends the process as that signal does.
enum TemporaryFiles {
  /// Room for the files of one process; a file beyond them is not removed on a signal.
  private static let slotCount = 16

  /// The paths, read by the signal handler.
  ///
  /// Safe: the memory is never freed, and each slot is atomic.
  nonisolated(unsafe) private static let slots = {
    let slots = UnsafeMutableBufferPointer<Atomic<UnsafeMutablePointer<CChar>?>>.allocate(
      capacity: slotCount)
    for index in 0..<slotCount {
      slots.initializeElement(at: index, to: Atomic(nil))
    }
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { cleanUp(on: signal) }
    return slots
  }()

  /// Makes the slots and their handlers now, so that no handler is the first to need them.
  static func prepare() { _ = slots }

  /// Registers a path.
  ///
  /// - Returns: The slot, for ``forget(_:)``; `nil` if all are taken.
  static func register(_ path: String) -> Int? {
    // Never freed, as a handler on another thread may be reading it.
    let copy = strdup(path)
    for index in slots.indices {
      let (exchanged, _) = slots[index].compareExchange(
        expected: nil, desired: copy, ordering: .sequentiallyConsistent)
      if exchanged { return index }
    }
    return nil
  }

  /// Forgets the path of a slot: its file is gone or has its final name.
  static func forget(_ slot: Int?) {
    guard let slot else { return }
    slots[slot].store(nil, ordering: .sequentiallyConsistent)
  }

  /// Removes every registered file; async-signal-safe.
  static func removeAll() {
    for index in slots.indices {
      if let path = slots[index].load(ordering: .sequentiallyConsistent) { unlink(path) }
    }
  }

  private static func cleanUp(on signalNumber: CInt) {
    var current = sigaction()
    sigaction(signalNumber, nil, &current)
    // One that the parent ignores (nohup) stays ignored, and what noted it keeps its handler.
    guard current.__sigaction_handler.sa_handler == nil else { return }
    install(for: signalNumber) { dieCleanly(of: $0) }
  }
}

/// Removes the temporary files and ends the process by the signal; async-signal-safe.
func dieCleanly(of signalNumber: CInt) {
  TemporaryFiles.removeAll()
  signal(signalNumber, SIG_DFL)
  raise(signalNumber)
}
