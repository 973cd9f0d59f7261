internal import Glibc

/// A thread that runs a closure.
struct WorkerThread: Sendable {
  private let thread: pthread_t

  /// Starts a thread, or returns `nil` if the system allows no more.
  ///
  /// - Parameter body: What it does.
  init?(_ body: @escaping @Sendable () -> Void) {
    let context = Unmanaged.passRetained(ThreadBody(run: body))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { context in
        if let context {
          Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
        }
        return nil
      }, context.toOpaque())
    guard status == 0 else {
      context.release()
      return nil
    }
    self.thread = thread
  }

  /// Waits until the closure has returned; once.
  func join() { pthread_join(thread, nil) }
}

/// What a thread is handed.
private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(run: @escaping @Sendable () -> Void) { self.run = run }
}
