import ArgumentParser
import Seq2Seq
import TextStreams
import ToolSupport

extension Train {
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
      configuration.adaptiveFactor = objective.adaptiveSoftmaxFactor ?? configuration.adaptiveFactor
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
