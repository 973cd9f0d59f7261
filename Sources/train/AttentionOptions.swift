import ArgumentParser
import Seq2Seq

/// How the decoder looks at the source.
struct AttentionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How the decoder weighs the source's states (default: additive).", valueName: "kind"))
  var attention: Configuration.Attention?

  @Option(
    help: ArgumentHelp(
      "Without attention, where the decoder sees the encoder's last state (default: every-step).",
      valueName: "kind"))
  var fixedContext: Configuration.FixedContext?

  @Option(
    help: ArgumentHelp(
      "The decoder's state that is compared, before or after its step (default: previous).",
      valueName: "kind"))
  var attentionState: Configuration.AttentionState?

  @Option(
    help: ArgumentHelp(
      "Look only so many positions to either side of a predicted one; 0 for everywhere (default: 0).",
      valueName: "n"))
  var attentionWindow: Int?

  @Flag(inversion: .prefixedNo, help: "Feed the readout to the next step (default: no).")
  var inputFeeding: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: "Let the attention know where it has looked before (default: no).")
  var coverage: Bool?

  @Option(
    help: ArgumentHelp(
      "Weight of the loss for looking twice (default: with --coverage 1).", valueName: "weight"))
  var coverageLoss: Double?

  func validate() throws {
    if let attentionWindow, !(0...65_536).contains(attentionWindow) {
      throw ValidationError("--attention-window takes a number from 0 to 65536")
    }
    if let coverageLoss, !(coverageLoss >= 0 && coverageLoss <= 1000) {
      throw ValidationError("--coverage-loss takes a number from 0 to 1000")
    }
  }

  /// Throws if an option is given that the kind of attention has no use for, whatever its value.
  func check(_ kind: Configuration.Attention) throws {
    guard fixedContext == nil || kind == .none else {
      throw ValidationError(
        "--fixed-context goes with --attention none; attention has a context for each step")
    }
    guard attentionState == nil || kind != .none else {
      throw ValidationError("--attention-state goes with attention, not with 'none'")
    }
  }

  func apply(to configuration: inout Configuration) {
    if let attention { configuration.attention = attention }
    if let fixedContext { configuration.fixedContext = fixedContext }
    if let attentionState { configuration.attentionState = attentionState }
    if let attentionWindow { configuration.attentionWindow = attentionWindow }
    if let inputFeeding { configuration.hasInputFeeding = inputFeeding }
    if let coverage {
      configuration.hasCoverage = coverage
      configuration.coverageLoss = coverage ? 1 : 0
    }
    if let coverageLoss { configuration.coverageLoss = coverageLoss }
  }
}

extension Configuration.Attention: ExpressibleByArgument {}
extension Configuration.FixedContext: ExpressibleByArgument {}
extension Configuration.AttentionState: ExpressibleByArgument {}
