import ArgumentParser

/// A name for a set of options.
enum Preset: String, CaseIterable, ExpressibleByArgument {
  case tiny, small, base, large
  case sutskever2014, cho2014, bahdanau2015, luong2015

  /// Sizes, which `--scale` multiplies.
  var sizes: [(option: String, value: Int)] {
    let (embedding, hidden) =
      switch self {
      case .tiny: (64, 128)
      case .small: (128, 256)
      case .base: (256, 512)
      case .large: (512, 1024)
      case .sutskever2014, .luong2015: (1000, 1000)
      case .cho2014: (100, 1000)
      case .bahdanau2015: (620, 1000)
      }
    return [("--dim-emb", embedding), ("--dim-rnn", hidden)]
  }

  /// The options that decide the model.
  var model: [String] {
    switch self {
    case .tiny, .small, .base, .large: []
    case .sutskever2014:
      words(
        "--cell lstm --enc-type unidirectional --enc-depth 4 --dec-depth 4 --reverse-source",
        "--attention none --fixed-context first-state --bridge copy --embeddings untied")
    case .cho2014:
      words(
        "--cell gru --enc-type unidirectional --attention none --fixed-context every-step",
        "--bridge last-backward --readout maxout --embeddings untied")
    case .bahdanau2015:
      words(
        "--cell gru --attention additive --bridge last-backward --readout maxout",
        "--embeddings untied --max-length 50")
    case .luong2015:
      words(
        "--cell lstm --enc-type unidirectional --enc-depth 4 --dec-depth 4 --reverse-source",
        "--attention general --attention-state current --attention-window 10 --input-feeding",
        "--bridge copy --embeddings untied --max-length 50")
    }
  }

  /// The options that decide how it is trained.
  var training: [String] {
    switch self {
    case .tiny, .small, .base, .large: []
    case .sutskever2014:
      words(
        "--optimizer sgd --momentum 0 --learn-rate 0.7 --lr-schedule plateau --lr-warmup 0",
        "--mini-batch 128 --clip-norm 5 --dropout 0")
    case .cho2014:
      words(
        "--optimizer adadelta --learn-rate 1 --lr-schedule constant --lr-warmup 0",
        "--mini-batch 64 --clip-norm 0 --dropout 0")
    case .bahdanau2015:
      words(
        "--optimizer adadelta --learn-rate 1 --lr-schedule constant --lr-warmup 0",
        "--mini-batch 80 --clip-norm 1 --dropout 0")
    case .luong2015:
      words(
        "--optimizer sgd --momentum 0 --learn-rate 1 --lr-schedule plateau --lr-warmup 0",
        "--mini-batch 128 --clip-norm 5 --dropout 0.2")
    }
  }

  private func words(_ lines: String...) -> [String] {
    lines.flatMap { $0.split(separator: " ").map(String.init) }
  }
}

extension Preset {
  /// Puts the options that a preset stands for before all others, which therefore prevail.
  ///
  /// - Parameter arguments: The command line.
  /// - Returns: The same with the preset's options, if it names a preset that there is.
  static func expand(_ arguments: [String]) -> [String] {
    guard let preset = value(of: "--preset", in: arguments).flatMap(Preset.init) else {
      return arguments
    }
    let scale = value(of: "--scale", in: arguments).flatMap(Double.init) ?? 1
    var options = preset.sizes.flatMap { [$0.option, String(scaled($0.value, by: scale))] }
    options += preset.model
    if !arguments.contains("--benchmark") && !arguments.contains("--self-check") {
      options += preset.training(beside: arguments)
    }
    return options + arguments
  }

  /// The training options, but for those that another given one leaves without a meaning.
  private func training(beside arguments: [String]) -> [String] {
    var left: [String] = []
    for index in stride(from: 0, to: training.count - 1, by: 2) {
      let option = training[index]
      let isReplaced =
        switch option {
        case "--mini-batch": Self.value(of: "--mini-batch-words", in: arguments) != nil
        case "--momentum", "--learn-rate": Self.value(of: "--optimizer", in: arguments) != nil
        default: false
        }
      if !isReplaced { left += training[index...(index + 1)] }
    }
    return left
  }

  /// An even size, 2 at least.
  private static func scaled(_ size: Int, by scale: Double) -> Int {
    guard scale > 0, scale <= 16 else { return size }
    return max(2, 2 * Int((Double(size) * scale / 2).rounded()))
  }

  private static func value(of option: String, in arguments: [String]) -> String? {
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    for (index, argument) in arguments[..<end].enumerated().reversed() {
      if argument == option && index + 1 < end { return arguments[index + 1] }
      if argument.hasPrefix("\(option)=") { return String(argument.dropFirst(option.count + 1)) }
    }
    return nil
  }
}

/// The options that name a preset; what they stand for is in the command line already.
struct PresetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Take the options that a name stands for; see train(1). Others given prevail.",
      valueName: "name"))
  var preset: Preset?

  @Option(
    help: ArgumentHelp("Multiply the sizes of --preset by this (default: 1).", valueName: "factor"))
  var scale: Double?

  func validate() throws {
    guard let scale else { return }
    guard preset != nil else { throw ValidationError("--scale goes with --preset") }
    guard scale > 0, scale <= 16 else {
      throw ValidationError("--scale takes a number above 0 and up to 16")
    }
  }
}
