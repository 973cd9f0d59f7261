import ArgumentParser
import Seq2Seq

/// What an update is computed from.
struct BatchOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Pairs in a batch (default: by the size of the text).", valueName: "n"))
  var miniBatch: Int?

  @Option(
    help: ArgumentHelp(
      "Target tokens in a batch, whatever the number of pairs; in place of --mini-batch.",
      valueName: "n"))
  var miniBatchWords: Int?

  @Option(
    help: ArgumentHelp("Do an update for this many batches together.", valueName: "n"))
  var optimizerDelay = 1

  @Flag(
    inversion: .prefixedNo,
    help: "Divide the loss of an update by its sentences, not by its tokens (default: no).")
  var sentenceAvg: Bool?

  func validate() throws {
    if let miniBatch, !(1...65_536).contains(miniBatch) {
      throw ValidationError("--mini-batch takes a number from 1 to 65536")
    }
    if miniBatch != nil && miniBatchWords != nil {
      throw ValidationError("give --mini-batch or --mini-batch-words, not both")
    }
    if let miniBatchWords, !(1...10_000_000).contains(miniBatchWords) {
      throw ValidationError("--mini-batch-words takes a number from 1 to 10000000")
    }
    guard (1...10_000).contains(optimizerDelay) else {
      throw ValidationError("--optimizer-delay takes a number from 1 to 10000")
    }
  }

  /// The size of a batch that was asked for.
  var size: BatchSize? {
    miniBatch.map(BatchSize.pairs) ?? miniBatchWords.map(BatchSize.words)
  }
}

extension BatchSize {
  /// The option's name in the model's training record.
  var recordName: String {
    switch self {
    case .pairs: "mini_batch"
    case .words: "mini_batch_words"
    }
  }
}
