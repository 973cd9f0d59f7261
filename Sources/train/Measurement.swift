import ArgumentParser

/// What the tool does in place of training, with a text of its own.
enum Measurement {
  case benchmark, selfCheck

  /// Which of them a command line asks for, if any.
  init?(_ given: GivenOptions) {
    if given.has(Self.benchmark.option) {
      self = .benchmark
    } else if given.has(Self.selfCheck.option) {
      self = .selfCheck
    } else {
      return nil
    }
  }

  /// The option that asks for it.
  private var option: String {
    switch self {
    case .benchmark: "--benchmark"
    case .selfCheck: "--self-check"
    }
  }

  /// The options that decide what it does, and where that is written; all others mean nothing to it.
  private var regarded: [String] {
    let common =
      words(
        "--cell --enc-type --enc-depth --dec-depth --residual --layer-normalization",
        "--reverse-source --bridge --readout --embeddings --attention --fixed-context",
        "--attention-state --attention-window --input-feeding --coverage --coverage-loss",
        "--preset --output")
    switch self {
    case .benchmark:
      return common
        + words(
          "--benchmark --scale --dim-emb --dim-rnn --dim-att --max-length --mini-batch",
          "--optimizer --momentum --vocab-size --profile --threads")
    case .selfCheck:
      return common
        + words(
          "--self-check --dropout --dropout-rnn --adaptive-softmax-cutoff",
          "--adaptive-softmax-factor --seed")
    }
  }

  /// Whether an option, or the flag that it is the opposite of, means something to it.
  func regards(_ option: String) -> Bool {
    let flag = option.hasPrefix("--no-") ? "--\(option.dropFirst("--no-".count))" : option
    return regarded.contains(flag)
  }

  /// Makes sure that nothing is given that would be ignored.
  ///
  /// - Parameters:
  ///   - given: The command line.
  ///   - hasFile: Whether it names a file to train on.
  /// - Throws: `ValidationError` that names the first such option.
  func check(_ given: GivenOptions, hasFile: Bool) throws {
    let ignored = given.names.first { !regards($0) } ?? (hasFile ? "a file" : nil)
    guard let ignored else { return }
    throw ValidationError(
      "\(option) \(deed) made-up sentences, for which \(ignored) means nothing")
  }

  private var deed: String {
    switch self {
    case .benchmark: "trains on"
    case .selfCheck: "tries small models on"
    }
  }
}

/// Cuts lines at their spaces.
func words(_ lines: String...) -> [String] {
  lines.flatMap { $0.split(separator: " ").map(String.init) }
}
