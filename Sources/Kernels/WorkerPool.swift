internal import COneDNN
import Glibc
import Synchronization

/// Threads that share out numbered pieces of work and wait for one another.
///
/// Nobody spins: a thread without work sleeps, so another process on the same cores costs its
/// share and no more. Which thread does which piece is not fixed; results must not depend on it.
///
/// `@unchecked Sendable`: the job is written and read under the mutex, the list of threads by the
/// pool's owner alone.
package final class WorkerPool: @unchecked Sendable {
  /// Threads at work, the calling one included.
  package let threadCount: Int

  /// One call of ``run(count:_:)``: the pieces, and how many have been taken and done.
  private final class Job: Sendable {
    let count: Int
    let body: @Sendable (_ piece: Int, _ worker: Int) -> Void
    let taken = Atomic<Int>(0)

    init(count: Int, body: @escaping @Sendable (Int, Int) -> Void) {
      self.count = count
      self.body = body
    }

    func work(as worker: Int) {
      while true {
        let piece = taken.wrappingAdd(1, ordering: .relaxed).oldValue
        guard piece < count else { return }
        body(piece, worker)
      }
    }
  }

  private struct Shared {
    var job: Job?
    var generation = 0
    var busy = 0  // helpers that have not finished the present job
    var isClosing = false
  }

  private var shared = Shared()
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let started = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private let finished = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var threads: [pthread_t] = []

  /// Starts `threadCount` − 1 threads; the caller of ``run(count:_:)`` is the first worker.
  package init(threadCount: Int) {
    self.threadCount = max(1, threadCount)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(started, nil)
    pthread_cond_init(finished, nil)
    conednn_use_one_thread()
    for worker in 1..<self.threadCount { startThread(worker) }
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(started)
    pthread_cond_destroy(finished)
    mutex.deallocate()
    started.deallocate()
    finished.deallocate()
  }

  /// Ends the threads; what is run afterwards is done by the caller alone.
  package func close() {
    locked { shared.isClosing = true }
    pthread_cond_broadcast(started)
    for thread in threads { pthread_join(thread, nil) }
    threads = []
  }

  /// Does the pieces 0 ..< count, in any order and on any thread, and waits for all.
  ///
  /// `body` gets a piece's number and its worker's, from 0 below ``threadCount``.
  package func run(count: Int, _ body: @Sendable (_ piece: Int, _ worker: Int) -> Void) {
    guard threadCount > 1, count > 1 else {
      for piece in 0..<count { body(piece, 0) }
      return
    }
    withoutActuallyEscaping(body) { body in
      let job = Job(count: count, body: body)
      locked {
        shared.job = job
        shared.generation += 1
        shared.busy = threads.count
      }
      pthread_cond_broadcast(started)
      job.work(as: 0)
      pthread_mutex_lock(mutex)
      Activity.waiting.measure {
        while shared.busy > 0 { pthread_cond_wait(finished, mutex) }
      }
      shared.job = nil
      pthread_mutex_unlock(mutex)
    }
  }

  private func locked(_ body: () -> Void) {
    pthread_mutex_lock(mutex)
    body()
    pthread_mutex_unlock(mutex)
  }

  private func startThread(_ worker: Int) {
    let start = Unmanaged.passRetained(ThreadStart(pool: self, worker: worker))
    var thread = pthread_t()
    // Signals are left to the caller's thread: oneDNN's products point the stack register into
    // the heap, where a handler's frame would overwrite what lies there.
    var (all, before) = (sigset_t(), sigset_t())
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let status = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let start = Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue()
        conednn_use_one_thread()
        start.pool.serve(as: start.worker)
        return nil
      }, start.toOpaque())
    if status == 0 {
      threads.append(thread)
    } else {
      start.release()  // fewer threads: slower, and the same results
    }
  }

  private func serve(as worker: Int) {
    var seen = 0
    while true {
      // The job is let go before it counts as finished: its body may not outlive the call of run.
      guard workOnNextJob(after: &seen, as: worker) else { return }
      locked {
        shared.busy -= 1
        if shared.busy == 0 { pthread_cond_signal(finished) }
      }
    }
  }

  /// Waits for a job newer than `seen` and does its share; returns false when the pool closes.
  private func workOnNextJob(after seen: inout Int, as worker: Int) -> Bool {
    pthread_mutex_lock(mutex)
    Activity.waiting.measure {
      while !shared.isClosing && shared.generation == seen { pthread_cond_wait(started, mutex) }
    }
    let job = shared.job
    seen = shared.generation
    let isClosing = shared.isClosing
    pthread_mutex_unlock(mutex)
    if isClosing { return false }
    job?.work(as: worker)
    return true
  }
}

/// What a new thread is handed.
private final class ThreadStart: Sendable {
  let pool: WorkerPool
  let worker: Int

  init(pool: WorkerPool, worker: Int) {
    self.pool = pool
    self.worker = worker
  }
}
