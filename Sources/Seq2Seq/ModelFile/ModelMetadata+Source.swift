extension ModelMetadata {
  /// The strings that say what the sources are.
  var sourceStrings: [String: String] {
    var strings: [String: String] = [:]
    switch source {
    case .previousSentences(let count):
      strings["source"] = "previous-sentences"
      strings["context_sentences"] = String(count)
    case .pairs: strings["source"] = "pairs"
    }
    strings["source_vocabulary"] = sourceVocabulary
    strings["dim_source_vocab"] = configuration.sourceVocabularySize.map { String($0) }
    return strings
  }

  /// Reads V_s, which is there if the sources' vocabulary is.
  static func sourceVocabularySize(_ reader: MetadataReader) throws(ModelFileError) -> Int? {
    let text = reader.strings["dim_source_vocab"]
    guard (text == nil) == (reader.strings["source_vocabulary"] == nil) else {
      throw .damaged(
        path: reader.path, what: "half of what describes the sources' vocabulary is missing")
    }
    guard text != nil else { return nil }
    return try reader.number(
      "dim_source_vocab", in: Int(ReservedID.bytes.upperBound)...(1 << 28))
  }
}

extension ModelMetadata.Source {
  /// The most sentences of a source.
  package static let mostSentences = 1000

  /// Reads what the sources are.
  init(_ reader: MetadataReader) throws(ModelFileError) {
    let isPairs = try reader.text("source", oneOf: ["pairs", "previous-sentences"]) == "pairs"
    self =
      isPairs
      ? .pairs
      : .previousSentences(try reader.number("context_sentences", in: 1...Self.mostSentences))
  }

  /// How many sentences a source has at most.
  package var sentenceCount: Int {
    switch self {
    case .previousSentences(let count): count
    case .pairs: 1
    }
  }
}
