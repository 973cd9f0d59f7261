import Kernels
import ModelSupport
import Seq2Seq
import Steering
import TextStreams
import ToolSupport

/// Answers prompts, each with its own random numbers, several at a time.
final class Storyteller {
  private let maximumLength: Int
  /// How much of a source the model reads.
  private let reach: SourceReach
  /// When answers end.
  private let plan: PassagePlan
  /// The answers, if they are given.
  private let forced: ForcedPassages?
  private let pool: WorkerPool
  /// One for each thread.
  private let writers: [PassageWriter<Ensemble>]
  private var promptCount = 0
  private var cutSourceCount = 0
  private var endings = EndingCounts()
  private var shortfall = PassageShortfall()

  init(
    _ loaded: LoadedEnsemble, settings: WritingSettings, plan: PassagePlan,
    forced: ForcedPassages? = nil, batchSize: Int, pool: WorkerPool
  ) {
    (maximumLength, reach) = (settings.maximumLength, loaded.reach)
    (self.plan, self.forced) = (plan, forced)
    self.pool = pool
    let threads = min(pool.threadCount, batchSize)
    let textCount =
      (batchSize + threads - 1) / threads * PassageWriter<Ensemble>.textCount(of: settings)
    writers = (0..<threads).map { _ in
      PassageWriter(loaded.makeStepFunction(textCount: textCount), settings: settings)
    }
  }

  /// Numbers a prompt.
  ///
  /// - Parameter source: Its last sentences; or nothing, for which nothing will be written, but those
  ///   after it draw the same numbers.
  /// - Returns: The prompt, unless it is empty.
  /// - Throws: ``StreamError`` if answers are given, and none for this.
  func prompt(_ source: RollingSource) throws(StreamError) -> Prompt? {
    try forced?.require(promptCount)
    defer { promptCount += 1 }
    if source.ids.count > reach.tokenCount { cutSourceCount += 1 }
    return source.isEmpty ? nil : Prompt(source: source, number: promptCount)
  }

  /// Writes a passage after each prompt.
  ///
  /// - Parameters:
  ///   - prompts: At most as many as a batch has.
  ///   - onSentence: Gets a prompt's place in the list and a sentence, the best of its alternatives
  ///     first, and whether the passage ends with it: as soon as it is there, or, with several
  ///     threads, when all are. The sentences of one prompt come in order.
  /// - Throws: What `onSentence` throws.
  func answer(
    _ prompts: [Prompt], onSentence: (Int, [WrittenSentence], Bool) throws(StreamError) -> Void
  ) throws(StreamError) {
    guard writers.count > 1, prompts.count > 1 else {
      return try answer(prompts, with: writers[0], onSentence: onSentence)
    }
    let groups = writers.indices.map { first in
      Array(stride(from: first, to: prompts.count, by: writers.count))
    }
    var answers = [[[WrittenSentence]]](repeating: [], count: prompts.count)
    var missing = [PassageShortfall](repeating: PassageShortfall(), count: groups.count)
    answers.withUnsafeMutableBufferPointer { answers in
      missing.withUnsafeMutableBufferPointer { missing in
        nonisolated(unsafe) let answers = answers  // every prompt is in one group
        nonisolated(unsafe) let missing = missing  // every group has its own
        nonisolated(unsafe) let writers = writers  // as before
        let plan = plan
        pool.run(count: groups.count) { group, _ in
          missing[group] = writers[group].write(
            after: groups[group].map { prompts[$0] }, to: plan
          ) { prompt, alternatives, _ in answers[groups[group][prompt]].append(alternatives) }
        }
      }
    }
    for part in missing { shortfall += part }
    for (prompt, answer) in answers.enumerated() {
      for (place, alternatives) in answer.enumerated() {
        try pass(alternatives, of: prompt, isLast: place == answer.count - 1, to: onSentence)
      }
    }
  }

  private func answer(
    _ prompts: [Prompt], with writer: PassageWriter<Ensemble>,
    onSentence: (Int, [WrittenSentence], Bool) throws(StreamError) -> Void
  ) throws(StreamError) {
    do {
      shortfall += try writer.write(after: prompts, to: plan) {
        try pass($1, of: $0, isLast: $2, to: onSentence)
      }
    } catch let error as StreamError {
      throw error
    } catch {
      preconditionFailure("a stream threw \(error)")
    }
  }

  private func pass(
    _ alternatives: [WrittenSentence], of prompt: Int, isLast: Bool,
    to onSentence: (Int, [WrittenSentence], Bool) throws(StreamError) -> Void
  ) throws(StreamError) {
    endings.take(alternatives)
    try onSentence(prompt, alternatives, isLast)
  }

  /// What the user should know at the end.
  var remarks: [String] {
    var remarks: [String] = []
    if cutSourceCount > 0 {
      let what =
        reach.sentenceCount == 1 ? "a sentence" : "at most \(reach.sentenceCount) sentences"
      remarks.append(
        "\(counted(cutSourceCount, "prompt")) ended in \(what) of more than "
          + "\(reach.tokenCount) tokens; the beginning was not read")
    }
    remarks += endings.remarks(maximumLength: maximumLength)
    remarks += shortfall.remarks(on: plan)
    if let forced, forced.count > promptCount {
      remarks.append(
        "\(counted(forced.count - promptCount, "passage")) of \(forced.name) left over; "
          + "--force takes one for each prompt")
    }
    return remarks
  }
}
