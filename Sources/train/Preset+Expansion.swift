import Seq2Seq

extension Preset {
  /// An option as it stands in a command line: a name, and what follows it if it is no flag.
  private typealias Words = ArraySlice<String>

  /// Puts the options that a preset stands for before all others, which therefore prevail.
  ///
  /// - Parameter arguments: The command line.
  /// - Returns: The same with the preset's options, if it names a preset that there is.
  static func expand(_ arguments: [String]) -> [String] {
    let given = GivenOptions(arguments)
    guard let preset = given["--preset"].flatMap(Preset.init) else { return arguments }
    let scale = given["--scale"].flatMap(Double.init) ?? 1
    var options = preset.sizes.flatMap { [$0.option, String(scaled($0.value, by: scale))] }
    options += preset.model
    let measurement = Measurement(given)
    if measurement == nil { options += preset.training }
    return split(options).filter {
      let name = $0[$0.startIndex]
      return measurement?.regards(name) != false && !preset.isMeaningless(name, beside: given)
    }.joined() + arguments
  }

  /// Whether an option of the preset means nothing beside one that was given.
  private func isMeaningless(_ option: String, beside given: GivenOptions) -> Bool {
    switch option {
    case "--dim-emb": given.has("--init-embeddings")
    case "--mini-batch": given.has("--mini-batch-words")
    case "--momentum", "--learn-rate": given.has("--optimizer")
    case "--reverse-source": given["--enc-type"] == Configuration.Encoder.bidirectional.rawValue
    case "--fixed-context": given["--attention"].map { $0 != noAttention } ?? false
    case "--attention-state", "--attention-window": given["--attention"] == noAttention
    case "--bridge": isBridgeMeaningless(beside: given)
    default: false
    }
  }

  /// A state is copied from layer to layer, and the last state of one direction is not the whole
  /// source.
  private func isBridgeMeaningless(beside given: GivenOptions) -> Bool {
    func depth(_ option: String) -> String { given[option] ?? value(of: option) ?? "1" }
    if value(of: "--bridge") == Configuration.Bridge.copy.rawValue {
      return depth("--enc-depth") != depth("--dec-depth")
    }
    return given["--fixed-context"] == Configuration.FixedContext.firstState.rawValue
      && (given["--enc-type"] ?? value(of: "--enc-type"))
        != Configuration.Encoder.unidirectional.rawValue
  }

  private var noAttention: String { Configuration.Attention.none.rawValue }

  /// What the preset sets an option of the model to.
  private func value(of option: String) -> String? {
    Self.split(model).first { $0.first == option }?.dropFirst().first
  }

  /// Cuts words before each that begins with two hyphens.
  private static func split(_ words: [String]) -> [Words] {
    let starts = words.indices.filter { words[$0].hasPrefix("--") } + [words.endIndex]
    return zip(starts, starts.dropFirst()).map { words[$0..<$1] }
  }

  /// An even size, 2 at least.
  private static func scaled(_ size: Int, by scale: Double) -> Int {
    guard scale > 0, scale <= 16 else { return size }
    return max(2, 2 * Int((Double(size) * scale / 2).rounded()))
  }
}
