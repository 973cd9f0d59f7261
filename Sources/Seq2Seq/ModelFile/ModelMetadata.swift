/// What a model file says beside its arrays.
package struct ModelMetadata: Equatable, Sendable {
  package var configuration: Configuration
  /// The vocabulary in its own format, byte for byte.
  package var vocabulary: String
  /// The longest source and target trained on, in tokens.
  package var maximumLength: Int
  /// How the model came about: options and figures by name, for people.
  package var trainingRecord: [String: String]

  /// Puts together what the model file is to say.
  package init(
    configuration: Configuration, vocabulary: String, maximumLength: Int,
    trainingRecord: [String: String]
  ) {
    self.configuration = configuration
    self.vocabulary = vocabulary
    self.maximumLength = maximumLength
    self.trainingRecord = trainingRecord
  }
}

extension ModelMetadata {
  static let format = "huaben-model"
  static let version = "1"
  private static let recordPrefix = "training."

  /// The strings of the safetensors header.
  var strings: [String: String] {
    var strings = [
      "format": Self.format,
      "format_version": Self.version,
      "cell": configuration.cell.rawValue,
      "attention": configuration.attention.rawValue,
      "encoder": "bidirectional",
      "bridge": "mean",
      "readout": "tanh",
      "embeddings": "tied",
      "dim_vocab": String(configuration.vocabularySize),
      "dim_emb": String(configuration.embeddingSize),
      "dim_rnn": String(configuration.hiddenSize),
      "dim_att": String(configuration.attentionSize),
      "adaptive_softmax_cutoff": configuration.cutoffText,
      "adaptive_softmax_factor": String(configuration.adaptiveFactor),
      "max_length": String(maximumLength),
      "source": "previous-sentence",
      "vocabulary": vocabulary,
    ]
    for (name, value) in trainingRecord { strings[Self.recordPrefix + name] = value }
    return strings
  }

  /// Reads the strings of a safetensors header.
  ///
  /// - Parameters:
  ///   - strings: The header's metadata.
  ///   - path: The file's name, for the errors.
  /// - Throws: ``ModelFileError`` if the file is not ours, of another kind, or lacks something.
  init(strings: [String: String], path: String) throws(ModelFileError) {
    guard strings["format"] == Self.format else {
      throw .foreign(path: path, what: "a safetensors file of another program")
    }
    func known(_ key: String, _ values: [String]) throws(ModelFileError) -> String {
      guard let value = strings[key] else { throw .damaged(path: path, what: "no '\(key)'") }
      guard values.contains(value) else {
        throw .unknownKind(path: path, key: key, value: value)
      }
      return value
    }
    func number(_ key: String, upTo limit: Int = 65_536) throws(ModelFileError) -> Int {
      guard let text = strings[key], let value = Int(text), (1...limit).contains(value)
      else { throw .damaged(path: path, what: "no usable '\(key)'") }
      return value
    }
    _ = try known("format_version", [Self.version])
    let cell = try known("cell", Configuration.Cell.allCases.map(\.rawValue))
    let attention = try known("attention", Configuration.Attention.allCases.map(\.rawValue))
    for (key, value) in [
      ("encoder", "bidirectional"), ("bridge", "mean"), ("readout", "tanh"),
      ("embeddings", "tied"), ("source", "previous-sentence"),
    ] {
      _ = try known(key, [value])
    }
    configuration = Configuration(
      vocabularySize: try number("dim_vocab", upTo: 1 << 28), embeddingSize: try number("dim_emb"),
      hiddenSize: try number("dim_rnn"), attentionSize: try number("dim_att"))
    configuration.cell = Configuration.Cell(rawValue: cell) ?? .lstm
    configuration.attention = Configuration.Attention(rawValue: attention) ?? .additive
    guard configuration.vocabularySize >= Int(ReservedID.bytes.upperBound),
      configuration.hiddenSize % 2 == 0
    else { throw .damaged(path: path, what: "sizes that no model has") }
    try configuration.readAdaptiveSoftmax(strings, path: path)
    maximumLength = try number("max_length", upTo: 1 << 30)
    guard let vocabulary = strings["vocabulary"] else {
      throw .damaged(path: path, what: "no 'vocabulary'")
    }
    self.vocabulary = vocabulary
    trainingRecord = [:]
    for (name, value) in strings where name.hasPrefix(Self.recordPrefix) {
      trainingRecord[String(name.dropFirst(Self.recordPrefix.count))] = value
    }
  }
}
