/// What a model file says beside its arrays.
package struct ModelMetadata: Equatable, Sendable {
  /// What the sources are.
  package enum Source: Equatable, Sendable {
    /// So many sentences before the target, in the same document.
    case previousSentences(Int)
    /// They were given.
    case pairs
  }

  package var configuration: Configuration
  /// The vocabulary in its own format, byte for byte.
  package var vocabulary: String
  /// That of the sources, where it is another.
  package var sourceVocabulary: String?
  package var source: Source
  /// The longest source and target trained on, in tokens.
  package var maximumLength: Int
  /// How the model came about: options and figures by name, for people.
  package var trainingRecord: [String: String]

  /// Puts together what the model file is to say.
  package init(
    configuration: Configuration, vocabulary: String, sourceVocabulary: String? = nil,
    source: Source = .previousSentences(1), maximumLength: Int, trainingRecord: [String: String]
  ) {
    self.configuration = configuration
    self.vocabulary = vocabulary
    self.sourceVocabulary = sourceVocabulary
    self.source = source
    self.maximumLength = maximumLength
    self.configuration.maximumSourceLength = maximumLength
    self.trainingRecord = trainingRecord
  }
}

extension ModelMetadata {
  static let format = "huaben-model"
  static let version = "2"
  private static let recordPrefix = "training."

  /// The strings of the safetensors header.
  var strings: [String: String] {
    var strings = configuration.strings
    strings["format"] = Self.format
    strings["format_version"] = Self.version
    strings["max_length"] = String(maximumLength)
    strings["vocabulary"] = vocabulary
    strings.merge(sourceStrings) { $1 }
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
    let reader = MetadataReader(strings: strings, path: path)
    _ = try reader.text("format_version", oneOf: [Self.version])
    maximumLength = try reader.number("max_length", in: 1...(1 << 30))
    configuration = try Configuration(reader, maximumSourceLength: maximumLength)
    vocabulary = try reader.text("vocabulary")
    source = try Source(reader)
    sourceVocabulary = strings["source_vocabulary"]
    guard source == .pairs || sourceVocabulary == nil else {
      throw .damaged(path: path, what: "running text whose sources have another vocabulary")
    }
    configuration.sourceVocabularySize = try Self.sourceVocabularySize(reader)
    trainingRecord = [:]
    for (name, value) in strings where name.hasPrefix(Self.recordPrefix) {
      trainingRecord[String(name.dropFirst(Self.recordPrefix.count))] = value
    }
  }
}
