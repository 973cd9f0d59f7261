import Glibc
import Seq2Seq
import TextStreams
import ToolSupport

/// Whether a model can be trained here at all, asked before the work begins.
enum Feasibility {
  /// Throws if the machine has less memory than the model takes, or if its file would be one that
  /// readers of safetensors refuse.
  static func check(
    _ configuration: Configuration, plan: TrainingPlan, vocabularyByteCount: Int
  ) throws {
    let parameters = ParameterList(configuration).count
    let needed = Trainer.byteCount(parameterCount: parameters, plan: plan)
    let available = sysconf(CInt(_SC_PHYS_PAGES)) * sysconf(CInt(_SC_PAGESIZE))
    guard needed < available else {
      throw ToolError(
        .usage,
        "\(grouped(parameters)) parameters take \(gibibytes(needed)) to train and this machine has "
          + "\(gibibytes(available)); choose a smaller --dim-rnn, --dim-emb or vocabulary"
      )
    }
    // JSON writes a tab and a line feed as two bytes each; tokens are about as long as these.
    guard vocabularyByteCount < ModelFile.maximumHeaderLength / 2 else {
      throw ToolError(
        .badData,
        "the vocabulary takes \(gibibytes(vocabularyByteCount)), too much for a model file; "
          + "make a smaller one with vocab --max-size")
    }
  }

  private static func gibibytes(_ byteCount: Int) -> String {
    "\(fixed(Double(byteCount) / 0x1p30, 1)) GiB"
  }
}
