import Seq2Seq
import TextStreams

/// How often figures were not finite in a run, and what came of it.
struct Divergence {
  private let skippedUpdates: Int
  private let restorations: Int
  /// What the highest learning rate had come down to in the end, by a schedule too.
  private let reducedRate: Double

  init(_ run: TrainingRun) {
    skippedUpdates = run.record.skippedUpdates
    restorations = run.record.restorations
    reducedRate = run.learningRate.reducedPeak
  }

  /// Whether all figures were finite.
  var isNone: Bool { skippedUpdates + restorations == 0 }

  /// What is said of it.
  var text: String {
    "\(counted(skippedUpdates, "update")) left out and the parameters set back"
      + " \(counted(restorations, "time")), as figures were not finite; the highest learning rate"
      + " ended at \(reducedRate); try a lower --learn-rate"
  }

  /// The same in the model's training record; of the whole run, also of what came after the best.
  var record: [String: String] {
    [
      "updates_left_out": String(skippedUpdates), "set_backs": String(restorations),
      "reduced_learn_rate": "\(reducedRate)",
    ]
  }
}
