import ArgumentParser
import Seq2Seq
import TextStreams
import ToolSupport

extension Train {
  /// The options that mean nothing to a run that reads no text, and whether each was given.
  var meaninglessWithoutText: [(name: String, isGiven: Bool)] {
    [
      ("--time", length.time != nil), ("--epochs", length.epochs != nil),
      ("--updates", length.updates != nil), ("--valid", heldOut.valid != nil),
      ("--valid-freq", heldOut.validFreq != nil), ("--log", log != nil),
      ("--early-stopping", length.earlyStopping != 0), ("--pairs", source.pairs),
      ("--context-sentences", source.requestedContext != nil),
      ("--init-embeddings", model.size.initEmbeddings != nil),
    ] + optimisation.meaninglessForBenchmark
      + objective.meaninglessWithoutText
      + [("a file", input != "-")]
  }

  /// Checks the kind of model that the options describe and prints what came out.
  ///
  /// - Throws: ``ToolError`` if a check failed.
  func selfCheck() throws {
    let output = try outputFile.open()
    var configuration = try model.configuration(
      vocabularySize: 300, Suggestion(trainingTokens: 0))
    if objective.adaptiveSoftmaxCutoff != nil {
      // The check's own vocabulary is small; where it is cut does not matter.
      configuration.adaptiveCutoffs = [264]
    }
    let dropout = DropoutRates(
      activations: optimisation.dropout ?? 0.2, states: optimisation.dropoutRnn ?? 0)
    var report = SelfCheckReport(to: output.writer)
    try SelfCheck(configuration, dropout: dropout, seed: seedOption.seed ?? 1).run {
      try report.write($0)
    }
    try output.finish()
    guard report.failureCount == 0 else {
      throw ToolError(
        .bug,
        "\(counted(report.failureCount, "check")) failed; this model is not to be trusted")
    }
    guard report.notLearnedCount == 0 else {
      Self.complain(
        "\(counted(report.notLearnedCount, "task")) not learned in the updates there were, which "
          + "proves no fault; try another --seed")
      throw ExitCode(1)
    }
  }
}
