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
  static let version = "2"
  private static let recordPrefix = "training."

  /// The strings of the safetensors header.
  var strings: [String: String] {
    var strings = configuration.strings
    strings["format"] = Self.format
    strings["format_version"] = Self.version
    strings["max_length"] = String(maximumLength)
    strings["source"] = "previous-sentence"
    strings["vocabulary"] = vocabulary
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
    _ = try reader.text("source", oneOf: ["previous-sentence"])
    maximumLength = try reader.number("max_length", in: 1...(1 << 30))
    configuration = try Configuration(reader, maximumSourceLength: maximumLength)
    vocabulary = try reader.text("vocabulary")
    trainingRecord = [:]
    for (name, value) in strings where name.hasPrefix(Self.recordPrefix) {
      trainingRecord[String(name.dropFirst(Self.recordPrefix.count))] = value
    }
  }
}
