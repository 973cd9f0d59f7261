import ArgumentParser
import Seq2Seq

/// How tokens are scored, and what training makes small.
struct ObjectiveOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Score tokens from these ids on in tails of smaller vectors: rising ids, separated by commas.",
      valueName: "ids"))
  var adaptiveSoftmaxCutoff: CutoffArgument?

  @Option(
    help: ArgumentHelp(
      "Make each tail's vectors so many times smaller than those before (default: 4).",
      valueName: "n"))
  var adaptiveSoftmaxFactor: Int?

  @Option(
    help: ArgumentHelp(
      "Spread this share of each target's probability over all tokens.", valueName: "share"))
  var labelSmoothing = 0.0

  @Option(
    help: ArgumentHelp(
      "Feed the decoder its own predictions, with a probability that rises to this.",
      valueName: "probability"))
  var scheduledSampling = 0.0

  func validate() throws {
    if let cutoffs = adaptiveSoftmaxCutoff?.cutoffs {
      guard Configuration.areCutoffs(cutoffs, vocabularySize: .max) else {
        throw ValidationError(
          "--adaptive-softmax-cutoff takes rising ids above \(ReservedID.bytes.upperBound), "
            + "separated by commas")
      }
    }
    if let factor = adaptiveSoftmaxFactor {
      guard adaptiveSoftmaxCutoff != nil else {
        throw ValidationError("--adaptive-softmax-factor goes with --adaptive-softmax-cutoff")
      }
      guard Configuration.adaptiveFactors.contains(factor) else {
        throw ValidationError(
          "--adaptive-softmax-factor takes a number from 1 to \(Configuration.adaptiveFactors.upperBound)"
        )
      }
    }
    guard (0..<1).contains(labelSmoothing) else {
      throw ValidationError("--label-smoothing takes a share from 0 to below 1")
    }
    guard labelSmoothing == 0 || adaptiveSoftmaxCutoff == nil else {
      throw ValidationError(
        "--label-smoothing gives every token a share, which --adaptive-softmax-cutoff does not "
          + "compute; leave one of them out")
    }
    guard (0...1).contains(scheduledSampling) else {
      throw ValidationError("--scheduled-sampling takes a probability from 0 to 1")
    }
  }

  func apply(to plan: inout TrainingPlan) {
    plan.objective.labelSmoothing = labelSmoothing
    plan.objective.scheduledSampling = scheduledSampling
  }

  /// Gives a model the output layer asked for.
  ///
  /// - Throws: `ValidationError` if the vocabulary is too small for it.
  func apply(to configuration: inout Configuration) throws {
    guard let cutoffs = adaptiveSoftmaxCutoff?.cutoffs else { return }
    let size = configuration.vocabularySize
    guard let last = cutoffs.last, last < size else {
      throw ValidationError(
        "--adaptive-softmax-cutoff \(cutoffs.last ?? 0) leaves no token for the last tail, the "
          + "vocabulary has \(size); name lower ids")
    }
    configuration.adaptiveCutoffs = cutoffs
    configuration.adaptiveFactor = adaptiveSoftmaxFactor ?? configuration.adaptiveFactor
  }
}

/// `2000` or `2000,8000`.
struct CutoffArgument: ExpressibleByArgument {
  let cutoffs: [Int]

  init?(argument: String) {
    guard let cutoffs = Configuration.cutoffs(parsing: argument) else { return nil }
    self.cutoffs = cutoffs
  }
}
