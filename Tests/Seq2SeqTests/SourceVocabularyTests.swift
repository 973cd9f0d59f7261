import Kernels
import Seq2Seq
import Testing

@Suite("A vocabulary of the sources' own")
struct SourceVocabularyTests {
  private static var configuration: Configuration {
    var configuration = Configuration(
      vocabularySize: 268, embeddingSize: 6, hiddenSize: 8, attentionSize: 5)
    configuration.sourceVocabularySize = 290
    return configuration
  }

  private static func model() -> Seq2Seq<Double> {
    let parameters = ParameterBuffer<Double>(ParameterList(configuration))
    parameters.initialize(seed: 3)
    return Seq2Seq(configuration, parameters: parameters)
  }

  private static func batch() -> Batch {
    var batch = Batch()
    // Sources with ids that the targets' vocabulary does not reach.
    batch.append(source: [289, 262, 288], target: [263, 264, 3])
    batch.append(source: [288], target: [265, 3])
    return batch
  }

  @Test("The table follows that of the targets, and no other model has it")
  func list() {
    let names = ParameterList(Self.configuration).entries.map(\.name)
    #expect(names.prefix(2) == ["embedding", "source.embedding"])
    var shared = Self.configuration
    shared.sourceVocabularySize = nil
    let rest = names.filter { $0 != "source.embedding" }
    #expect(ParameterList(shared).entries.map(\.name) == rest)
  }

  @Test("The gradient of each table agrees with central differences")
  func gradients() {
    let (model, arena) = (Self.model(), Arena<Double>())
    func loss(addingTo gradients: ParameterBuffer<Double>) -> Double {
      model.gradient(
        of: Self.batch(), scale: 1, dropout: nil, addingTo: gradients, arena: arena)
    }
    let gradients = ParameterBuffer<Double>(model.parameters.list)
    _ = loss(addingTo: gradients)
    let unused = ParameterBuffer<Double>(model.parameters.list)
    for (name, rows) in [
      ("source.embedding", [262, 288, 289]), ("embedding", [2, 262, 263, 264]),
    ] {
      let entry = model.parameters.list[name]
      for index in rows.flatMap({ $0 * 6..<$0 * 6 + 6 }).map({ entry.offset + $0 }) {
        let value = model.parameters.elements[index]
        model.parameters.elements[index] = value + 1e-4
        let above = loss(addingTo: unused)
        model.parameters.elements[index] = value - 1e-4
        let below = loss(addingTo: unused)
        model.parameters.elements[index] = value
        let difference = (above - below) / 2e-4
        #expect(abs(gradients.elements[index] - difference) < 1e-7, "\(name) \(index)")
      }
    }
    // A row that no source has is not reached, though a target has the id.
    let untouched = gradients["source.embedding"]
    #expect((0..<6).allSatisfy { untouched[263, $0] == 0 })
    #expect((0..<6).contains { untouched[289, $0] != 0 })
  }

  /// A model file that was written and read again.
  private static func reread(
    _ configuration: Configuration, sourceVocabulary: String?, source: ModelMetadata.Source
  ) throws -> (written: ModelMetadata, read: ModelMetadata) {
    let parameters = ParameterBuffer<Float>(ParameterList(configuration))
    parameters.initialize(seed: 1)
    let metadata = ModelMetadata(
      configuration: configuration, vocabulary: "targets", sourceVocabulary: sourceVocabulary,
      source: source, maximumLength: 9, trainingRecord: [:])
    var bytes: [UInt8] = []
    try ModelFile(metadata: metadata, parameters: parameters)
      .serialize { bytes.append(contentsOf: $0) }
    let file = try ModelFileTests.load(bytes)
    #expect(Array(file.parameters.elements) == Array(parameters.elements))
    return (metadata, file.metadata)
  }

  @Test("The model file has both vocabularies and says what its sources are")
  func file() throws {
    let pairs = try Self.reread(
      Self.configuration, sourceVocabulary: "sources", source: .pairs)
    #expect(pairs.read == pairs.written)
    var shared = Self.configuration
    shared.sourceVocabularySize = nil
    for source in [ModelMetadata.Source.pairs, .previousSentences(7)] {
      let other = try Self.reread(shared, sourceVocabulary: nil, source: source)
      #expect(other.read == other.written)
    }
  }

  @Test("What does not go together is refused")
  func damaged() {
    var shared = Self.configuration
    shared.sourceVocabularySize = nil
    #expect(throws: ModelFileError.self) {
      try Self.reread(shared, sourceVocabulary: "sources", source: .pairs)
    }
    #expect(throws: ModelFileError.self) {
      try Self.reread(Self.configuration, sourceVocabulary: nil, source: .pairs)
    }
    #expect(throws: ModelFileError.self) {
      try Self.reread(
        Self.configuration, sourceVocabulary: "sources", source: .previousSentences(1))
    }
    #expect(throws: ModelFileError.self) {
      try Self.reread(shared, sourceVocabulary: nil, source: .previousSentences(1001))
    }
  }
}
