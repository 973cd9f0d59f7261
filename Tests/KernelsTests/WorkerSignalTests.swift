import Glibc
import Kernels
import Testing

@Suite("Signals and workers")
struct WorkerSignalTests {
  @Test("Signals go to the caller's thread, never to a helper, where a handler's frame does harm")
  func mask() {
    // A test's own thread may block them already.
    var (none, before) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let pool = WorkerPool(threadCount: 3)
    defer { pool.close() }
    let caller = pthread_self()
    for _ in 0..<50 {
      pool.run(count: 12) { _, _ in
        var mask = sigset_t()
        pthread_sigmask(SIG_SETMASK, nil, &mask)
        let isCaller = pthread_equal(pthread_self(), caller) != 0
        #expect(isCaller || (sigismember(&mask, SIGINT) == 1 && sigismember(&mask, SIGTERM) == 1))
        usleep(50)
      }
    }
  }

  @Test("The caller's mask stays as it was")
  func callerMask() {
    var before = sigset_t()
    pthread_sigmask(SIG_SETMASK, nil, &before)
    WorkerPool(threadCount: 2).close()
    var after = sigset_t()
    pthread_sigmask(SIG_SETMASK, nil, &after)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      #expect(sigismember(&before, number) == sigismember(&after, number))
    }
  }
}
