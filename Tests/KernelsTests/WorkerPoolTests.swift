import Kernels
import Synchronization
import Testing

@Suite("The worker pool")
struct WorkerPoolTests {
  @Test("does every piece once, whatever the threads", arguments: [1, 2, 5])
  func everyPieceOnce(threads: Int) {
    let pool = WorkerPool(threadCount: threads)
    defer { pool.close() }
    for round in 0..<200 {
      let done = Mutex<[Int: Int]>([:])
      let workers = Mutex<Set<Int>>([])
      pool.run(count: round % 7) { piece, worker in
        done.withLock { $0[piece, default: 0] += 1 }
        workers.withLock { _ = $0.insert(worker) }
      }
      #expect(
        done.withLock { $0 } == Dictionary(uniqueKeysWithValues: (0..<(round % 7)).map { ($0, 1) }))
      #expect(workers.withLock { $0 }.allSatisfy { (0..<threads).contains($0) })
    }
  }
}
