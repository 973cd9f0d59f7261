import Testing

/// An option of `train` as tests give it.
struct TrainOption {
  let name: String
  private let takesValue: Bool

  /// All that the program has, but those that only print something.
  static func all(in place: Workplace) throws -> [TrainOption] {
    try ToolOptions.of("train", in: place).long
      .filter { !["--help", "--version"].contains($0.name) }
      .map { TrainOption(name: $0.name, takesValue: $0.takesValue) }
  }

  /// The flag that the option is the opposite of, or its own name.
  var flag: String { name.hasPrefix("--no-") ? "--\(name.dropFirst(5))" : name }

  /// A value that is not the default; every option that takes one has it here.
  var value: String? {
    guard takesValue else { return nil }
    if let value = Self.values[name] { return value }
    Issue.record("no value for \(name)")
    return nil
  }

  /// The option as one types it.
  var text: String { value.map { "\(name) \($0)" } ?? name }

  /// What has to stand beside it, so that it makes sense.
  var companions: String { Self.companions[flag] ?? "" }

  private static let values = [
    "--time": "60s", "--epochs": "0.5", "--updates": "3", "--early-stopping": "4",
    "--valid-fraction": "0.1", "--valid": "$STORY/story.ids", "--valid-freq": "2u",
    "--context-sentences": "2", "--vocab": "v", "--source-vocab": "v", "--preset": "luong2015",
    "--scale": "0.01", "--dim-emb": "18", "--dim-rnn": "34", "--dim-att": "7",
    "--init-embeddings": "vectors", "--max-length": "11", "--cell": "gru",
    "--enc-type": "unidirectional", "--enc-depth": "2", "--dec-depth": "2", "--bridge": "zero",
    "--readout": "maxout", "--embeddings": "untied", "--attention": "dot",
    "--fixed-context": "first-state", "--attention-state": "current", "--attention-window": "2",
    "--coverage-loss": "0.5", "--mini-batch": "5", "--mini-batch-words": "60",
    "--optimizer-delay": "2", "--optimizer": "adadelta", "--momentum": "0.5",
    "--weight-decay": "0.02", "--learn-rate": "0.02", "--lr-warmup": "7",
    "--lr-schedule": "constant", "--dropout": "0.3", "--dropout-rnn": "0.4", "--clip-norm": "2.5",
    "--ema-decay": "0.9", "--adaptive-softmax-cutoff": "300", "--adaptive-softmax-factor": "2",
    "--label-smoothing": "0.1", "--scheduled-sampling": "0.25", "--vocab-size": "301",
    "--seed": "12", "--threads": "1", "--output": "out", "--log": "log",
  ]

  private static let companions = [
    "--scale": "--preset luong2015", "--residual": "--dec-depth 2",
    "--reverse-source": "--enc-type unidirectional", "--fixed-context": "--attention none",
    "--coverage-loss": "--coverage", "--momentum": "--optimizer sgd",
    "--weight-decay": "--optimizer adamw", "--vocab": "--pairs", "--source-vocab": "--pairs -v v",
    "--pairs": "-v v", "--adaptive-softmax-factor": "--adaptive-softmax-cutoff 300",
    "--vocab-size": "--benchmark",
  ]
}
