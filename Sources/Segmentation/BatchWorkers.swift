internal import Synchronization

/// Threads that segment batches of paragraphs; the lines come out in the order of the batches.
///
/// A ring of batches goes round: filled here, segmented by whichever worker is free, and taken back
/// here in order. A batch's lock is never waited for, as the queues pass it from one to the other.
final class BatchWorkers {
  private struct Batch: Sendable {
    var paragraphs: [UInt8] = []
    var lines = ByteBuffer()
  }

  private final class Slot: Sendable {
    let batch = Mutex(Batch())
  }

  private let slots: [Slot]
  private let jobs: IndexQueue
  private let results: IndexQueue
  private var threads: [WorkerThread] = []
  private var isDone: [Bool]
  /// How many batches were submitted, and how many of them taken back.
  private var submitted = 0
  private var taken = 0

  /// Starts workers, or returns `nil` if the system has no threads or pipes to spare.
  ///
  /// - Parameters:
  ///   - count: How many, at most 1,024.
  ///   - options: How they are to cut.
  init?(count: Int, _ options: SegmenterOptions) {
    guard let jobs = IndexQueue() else { return nil }
    guard let results = IndexQueue() else {
      jobs.finish()
      jobs.free()
      return nil
    }
    let slots = (0..<2 * count + 1).map { _ in Slot() }
    self.slots = slots
    self.jobs = jobs
    self.results = results
    isDone = Array(repeating: false, count: slots.count)
    while threads.count < count {
      let thread = WorkerThread {
        Self.work(on: slots, jobs, results, options)
      }
      guard let thread else { break }
      threads.append(thread)
    }
    if threads.isEmpty { return nil }
  }

  deinit {
    jobs.finish()
    for thread in threads { thread.join() }
    jobs.free()
    results.finish()
    results.free()
  }

  /// Whether a batch must be taken back before another can be submitted.
  var isFull: Bool { submitted - taken == slots.count }
  /// Whether every batch has been taken back.
  var isEmpty: Bool { submitted == taken }

  /// Hands a batch to the workers.
  ///
  /// - Parameter paragraphs: Source lines with their line feeds; given back empty.
  /// - Precondition: The ring is not full.
  func submit(_ paragraphs: inout [UInt8]) {
    precondition(!isFull, "there is no room for batch \(submitted)")
    let index = submitted % slots.count
    submitted += 1
    paragraphs = slots[index].batch.withLock { [paragraphs] batch in
      let used = batch.paragraphs
      batch.paragraphs = paragraphs
      return used
    }
    paragraphs.removeAll(keepingCapacity: true)
    jobs.send(UInt16(index))
  }

  /// Waits for the oldest batch and takes its lines.
  ///
  /// - Parameter body: Takes the lines.
  /// - Throws: What `body` throws.
  /// - Precondition: The ring is not empty.
  func takeOldest<Failure>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(!isEmpty, "no batch is under way")
    let index = taken % slots.count
    while !isDone[index], let done = results.receive() { isDone[Int(done)] = true }
    isDone[index] = false
    taken += 1
    try slots[index].batch.withLock { batch throws(Failure) in
      try batch.lines.withUnsafeBytes(body)
    }
  }

  private static func work(
    on slots: [Slot], _ jobs: IndexQueue, _ results: IndexQueue, _ options: SegmenterOptions
  ) {
    guard var segmenter = try? Segmenter(options) else {
      preconditionFailure("ICU cannot open a second iterator where it has opened one")
    }
    while let index = jobs.receive() {
      slots[Int(index)].batch.withLock { batch in
        segmenter.segment(lines: batch.paragraphs, into: &batch.lines)
      }
      results.send(index)
    }
  }
}
