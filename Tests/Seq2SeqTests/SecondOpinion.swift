import Glibc
import Kernels
import Seq2Seq
import Testing

/// The models whose losses PyTorch gives a second opinion on, each made from a seed.
///
/// Tests/Reference/make-fixtures has the tests write their files, and reads these.
enum SecondOpinion {
  /// A kind of model, under the name of its file.
  struct Member: Sendable, CustomTestStringConvertible {
    let name: String
    let configuration: Configuration
    var testDescription: String { name }
  }

  static let vocabularySize = 290

  /// Sources and targets of unlike lengths, their ids from all parts of the vocabulary; one
  /// source is as long as can be.
  static let pairs: [(source: [UInt32], target: [UInt32])] = [
    ([261], [262, 3]),
    ([289, 5], [270, 279, 4, 3]),
    ([262, 262, 277, 269, 262], [3]),
    ([268, 280, 4, 281, 264, 100, 263, 285, 266], [280, 289, 261, 269, 285, 3]),
    ([265, 271, 7, 271, 284, 262, 267, 266, 273, 260, 288, 282], [264, 274, 262, 3]),
  ]

  /// Every cell with every attention, models in which any two settings meet, and those with parts
  /// that are not among these.
  static let members = simple() + ModelFamily.pairwise.map(met) + extended()

  /// All pairs as one batch.
  static func batch() -> Batch {
    var batch = Batch()
    for pair in pairs { batch.append(source: pair.source, target: pair.target) }
    return batch
  }

  private static func member(
    _ name: String, _ change: (inout Configuration) -> Void = { _ in }
  ) -> Member {
    var configuration = GradientTests.configuration
    change(&configuration)
    configuration.vocabularySize = vocabularySize
    configuration.maximumSourceLength = pairs.map(\.source.count).max() ?? 0
    return Member(name: name, configuration: configuration)
  }

  private static func simple() -> [Member] {
    Configuration.Cell.allCases.flatMap { cell in
      Configuration.Attention.allCases.map { attention in
        member("\(cell.rawValue)_\(attention.rawValue)") {
          ($0.cell, $0.attention) = (cell, attention)
        }
      } + [
        member("\(cell.rawValue)_first-state") {
          ($0.cell, $0.attention, $0.fixedContext) = (cell, .none, .firstState)
        }
      ]
    }
  }

  private static func met(_ other: ModelFamily.Member) -> Member {
    member(other.testDescription.split(separator: " ").joined(separator: "_")) {
      $0 = other.configuration
    }
  }

  private static func extended() -> [Member] {
    var members = [
      member("deep") { ($0.encoderDepth, $0.decoderDepth, $0.isResidual) = (3, 3, true) },
      member("deep_gru_copy_normalized") {
        ($0.cell, $0.bridge, $0.encoderDepth, $0.decoderDepth) = (.gru, .copy, 3, 3)
        ($0.isResidual, $0.isNormalized) = (true, true)
      },
    ]
    for kind in Configuration.Embeddings.allCases {
      members += [
        member("adaptive_\(kind.rawValue)") {
          ($0.embeddings, $0.adaptiveCutoffs, $0.adaptiveFactor) = (kind, [270, 280], 2)
        },
        member("source-vocabulary_\(kind.rawValue)") {
          ($0.embeddings, $0.sourceVocabularySize) = (kind, 301)
        },
        member("adaptive_source-vocabulary_\(kind.rawValue)") {
          ($0.embeddings, $0.adaptiveCutoffs, $0.adaptiveFactor) = (kind, [263, 284, 286], 4)
          ($0.sourceVocabularySize, $0.readout) = (300, .maxout)
        },
      ]
    }
    return members
  }
}

extension SecondOpinion.Member {
  /// The model, from a seed.
  ///
  /// Its biases and gains are drawn too, and all numbers are larger than usual: a tenth of any
  /// array moves some loss by more than single precision loses, so that each has its say, and one
  /// number in the place of another shows.
  func model() -> Seq2Seq<Float> {
    let parameters = ParameterBuffer<Float>(ParameterList(configuration))
    parameters.initialize(seed: 20_150_401)
    var generator = Philox(key: 6)
    for index in 0..<parameters.list.count {
      parameters.elements[index] += Float(1.4 * generator.nextUnit() - 0.7)
    }
    return Seq2Seq(configuration, parameters: parameters)
  }

  /// The same in double precision, with the very numbers of single precision.
  func doubleModel() -> Seq2Seq<Double> {
    let single = model().parameters
    let parameters = ParameterBuffer<Double>(single.list)
    for index in 0..<single.list.count {
      parameters.elements[index] = Double(single.elements[index])
    }
    return Seq2Seq(configuration, parameters: parameters)
  }

  /// Writes the model's file.
  func write(to path: String) throws {
    let sourceVocabulary = configuration.sourceVocabularySize.map { "\($0) rows" }
    let metadata = ModelMetadata(
      configuration: configuration, vocabulary: "\(configuration.vocabularySize) rows",
      sourceVocabulary: sourceVocabulary,
      source: sourceVocabulary == nil ? .previousSentences(1) : .pairs,
      maximumLength: configuration.maximumSourceLength, trainingRecord: [:])
    var bytes: [UInt8] = []
    try ModelFile(metadata: metadata, parameters: model().parameters)
      .serialize { bytes.append(contentsOf: $0) }
    try writeFile(bytes, to: path)
  }
}

/// Writes a small file.
func writeFile(_ bytes: [UInt8], to path: String) throws {
  let file = try #require(fopen(path, "w"), "\(path) cannot be created")
  let count = fwrite(bytes, 1, bytes.count, file)
  try #require(fclose(file) == 0 && count == bytes.count, "\(path) cannot be written")
}
