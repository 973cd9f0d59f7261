package import Kernels
package import Seq2Seq
import Synchronization
package import TextStreams
internal import ToolSupport

/// A model and the vocabulary it was trained with, ready to read and write token lines.
package struct LoadedModel: Sendable {
  package let metadata: ModelMetadata
  package let vocabulary: Vocabulary
  /// That of the sources; most often it is the same.
  package let sourceVocabulary: Vocabulary
  package let model: Seq2Seq<Float>

  /// Loads what `train` wrote and prepares it for use; nothing of the file is trusted unchecked.
  ///
  /// - Parameters:
  ///   - path: The model file.
  ///   - use: What the model is used for.
  ///   - pool: Who does the work.
  /// - Throws: ``ToolError`` or ``StreamError``, which say what is wrong with the file.
  package init(contentsOf path: String, for use: PackingUse, pool: WorkerPool) throws {
    do {
      let file = try ModelFile(opening: path)
      metadata = file.metadata
      model = Seq2Seq(file.metadata.configuration, parameters: file.parameters)
      (vocabulary, sourceVocabulary) = try Self.prepare(
        file, model: model, path: path, for: use, pool: pool)
    } catch let error as ModelFileError {
      throw ToolError(error.isUnreadable ? .noInput : .badData, error.description)
    }
    let configuration = metadata.configuration
    let sizes = (
      configuration.vocabularySize,
      configuration.sourceVocabularySize ?? configuration.vocabularySize
    )
    for (vocabulary, size) in [(vocabulary, sizes.0), (sourceVocabulary, sizes.1)]
    where vocabulary.count != size {
      throw ToolError(
        .badData,
        "\(path): the model is damaged: its vocabulary has \(vocabulary.count) rows and not "
          + "\(size); copy it again or train it again")
    }
  }

  /// Packs the weights, parses the vocabularies and checks the data, all at the same time.
  private static func prepare(
    _ file: ModelFile, model: Seq2Seq<Float>, path: String, for use: PackingUse,
    pool: WorkerPool
  ) throws -> (target: Vocabulary, source: Vocabulary) {
    let (packing, pieces) = (model.packingTasks(for: use), file.checksumPieces)
    var checksums = [UInt](repeating: 0, count: pieces.count)
    let vocabularies = Mutex<Result<(Vocabulary, Vocabulary), any Error>?>(nil)
    checksums.withUnsafeMutableBufferPointer { checksums in
      nonisolated(unsafe) let checksums = checksums  // every task writes its own
      pool.run(count: 1 + packing.count + pieces.count) { task, _ in
        if task == 0 {
          let parsed = Result { try parseVocabularies(of: file.metadata, path: path) }
          vocabularies.withLock { $0 = parsed }
        } else if task <= packing.count {
          packing[task - 1]()
        } else {
          let piece = task - 1 - packing.count
          checksums[piece] = file.checksum(pieces[piece])
        }
      }
    }
    try file.check(checksums)
    guard let result = vocabularies.withLock({ $0 }) else {
      preconditionFailure("the vocabularies were not parsed")
    }
    return try result.get()
  }

  private static func parseVocabularies(
    of metadata: ModelMetadata, path: String
  ) throws -> (Vocabulary, Vocabulary) {
    func parse(_ text: String, _ name: String) throws -> Vocabulary {
      try Array(text.utf8).withUnsafeBytes { bytes throws in
        try Vocabulary(parsing: bytes, name: "\(path), \(name)")
      }
    }
    let target = try parse(metadata.vocabulary, "vocabulary")
    let source = try metadata.sourceVocabulary.map { try parse($0, "vocabulary of the sources") }
    return (target, source ?? target)
  }

  /// Appends the ids of a token line, spelled where the vocabulary lacks a token.
  ///
  /// - Parameters:
  ///   - line: The line, without its line feed.
  ///   - lines: The reader that returned the line, for the place of an error.
  ///   - vocabulary: That of the sources or that of the targets.
  ///   - ids: Where to append.
  /// - Throws: ``StreamError`` with file, line and column.
  package func encode(
    _ line: UnsafeRawBufferPointer, of lines: borrowing LineReader, with vocabulary: Vocabulary,
    into ids: inout [UInt32]
  ) throws(StreamError) {
    do throws(TokenError) {
      try vocabulary.encode(line: line, into: &ids)
    } catch {
      throw lines.malformed(error)
    }
  }
}
