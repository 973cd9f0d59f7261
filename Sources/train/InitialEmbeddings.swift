import Kernels
import Seq2Seq
import TextStreams
import ToolSupport

/// The vectors of `--init-embeddings`, on their way into a model.
final class InitialEmbeddings {
  private var reader: WordVectorReader
  /// How many rows of all tables were set; known once the vectors have been copied.
  private(set) var foundCount = 0

  /// Opens a file of vectors.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - size: The size of an embedding that was asked for, if any.
  /// - Throws: ``StreamError`` if the file is not one, ``ToolError`` if its vectors have another size.
  init(path: String, expecting size: Int?) throws {
    reader = try WordVectorReader(try InputFile(path: path))
    if let size, size != reader.dimension {
      throw ToolError(
        .usage,
        "\(reader.name) has vectors of \(reader.dimension) numbers and --dim-emb is \(size); "
          + "leave out --dim-emb")
    }
  }

  /// E.
  var size: Int { reader.dimension }

  /// Copies the vectors of a vocabulary's tokens to its tables, and says how many there are.
  ///
  /// Those are the target's and, where it is another, the source's; not the output's.
  ///
  /// - Parameters:
  ///   - model: The model, whose other rows stay as they are.
  ///   - text: The vocabularies.
  /// - Throws: ``StreamError`` with the place of what is wrong in the file.
  func copy(to model: Seq2Seq<Float>, of text: TrainingText) throws {
    var tables = [EmbeddingTable(text.vocabulary, model.parameters["embedding"])]
    let sourceName = model.configuration.sourceEmbeddingName
    if sourceName != "embedding" {
      tables.append(
        EmbeddingTable(
          text.sourceVocabulary ?? text.vocabulary, model.parameters[sourceName]))
    }
    let vector = UnsafeMutableBufferPointer<Float>.allocate(capacity: size)
    defer { vector.deallocate() }
    while let token = try reader.next(into: vector) {
      for index in tables.indices { tables[index].set(token, to: vector) }
    }
    foundCount = tables.reduce(0) { $0 + $1.foundCount }
    Train.complain(summary(of: tables, isVocabularyShared: text.sourceVocabulary == nil))
  }

  private func summary(of tables: [EmbeddingTable], isVocabularyShared: Bool) -> String {
    let shares = tables.map { "\(grouped($0.foundCount)) of \(counted($0.rowCount, "token"))" }
    let duplicates = tables.map(\.duplicateCount).max() ?? 0
    var text = "\(reader.name): vectors of \(shares[0])"
    if shares.count > 1 {
      text += isVocabularyShared ? ", for sources too" : ", and of \(shares[1]) of the sources"
    }
    if duplicates > 0 {
      text += "; \(counted(duplicates, "duplicate")) left out, the first counts"
    }
    return text
  }
}

/// A table of embeddings as its rows are set.
private struct EmbeddingTable {
  private let vocabulary: Vocabulary
  private let table: Matrix<Float>  // V×E
  private var isSet: [Bool]
  private(set) var foundCount = 0
  private(set) var duplicateCount = 0

  init(_ vocabulary: Vocabulary, _ table: Matrix<Float>) {
    self.vocabulary = vocabulary
    self.table = table
    isSet = Array(repeating: false, count: vocabulary.count)
  }

  var rowCount: Int { isSet.count }

  /// Copies a vector if the vocabulary has its token and the token no vector yet.
  mutating func set(_ token: UnsafeRawBufferPointer, to vector: UnsafeMutableBufferPointer<Float>) {
    guard let id = vocabulary.id(of: token), let numbers = vector.baseAddress else { return }
    if isSet[Int(id)] {
      duplicateCount += 1
      return
    }
    isSet[Int(id)] = true
    foundCount += 1
    table.row(Int(id)).update(from: numbers, count: vector.count)
  }
}
