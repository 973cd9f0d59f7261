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
  static func sourceVocabularySize(
    _ strings: [String: String], path: String
  ) throws(ModelFileError) -> Int? {
    let text = strings["dim_source_vocab"]
    guard (text == nil) == (strings["source_vocabulary"] == nil) else {
      throw .damaged(path: path, what: "half of what describes the sources' vocabulary is missing")
    }
    guard let text else { return nil }
    guard let size = Int(text), (Int(ReservedID.bytes.upperBound)...1 << 28).contains(size) else {
      throw .damaged(path: path, what: "no usable 'dim_source_vocab'")
    }
    return size
  }
}

extension ModelMetadata.Source {
  /// The most sentences of a source.
  package static let mostSentences = 1000

  /// Reads what the sources are.
  init(strings: [String: String], path: String) throws(ModelFileError) {
    switch strings["source"] {
    case "pairs": self = .pairs
    case "previous-sentences":
      guard let text = strings["context_sentences"], let count = Int(text),
        (1...Self.mostSentences).contains(count)
      else { throw .damaged(path: path, what: "no usable 'context_sentences'") }
      self = .previousSentences(count)
    case let value?: throw .unknownKind(path: path, key: "source", value: value)
    case nil: throw .damaged(path: path, what: "no 'source'")
    }
  }

  /// How many sentences a source has at most.
  package var sentenceCount: Int {
    switch self {
    case .previousSentences(let count): count
    case .pairs: 1
    }
  }
}
