package import Seq2Seq
package import TextStreams
internal import ToolSupport

/// A model and the vocabulary it was trained with, ready to read and write token lines.
package struct LoadedModel: Sendable {
  package let metadata: ModelMetadata
  package let vocabulary: Vocabulary
  package let model: Seq2Seq<Float>

  /// Loads what `train` wrote.
  ///
  /// - Parameter path: The model file.
  /// - Throws: ``ToolError`` or ``StreamError``, which say what is wrong with the file.
  package init(contentsOf path: String) throws {
    let file: ModelFile
    do throws(ModelFileError) {
      file = try ModelFile(contentsOf: path)
    } catch {
      throw ToolError(error.isUnreadable ? .noInput : .badData, error.description)
    }
    metadata = file.metadata
    vocabulary = try Array(file.metadata.vocabulary.utf8).withUnsafeBytes { bytes throws in
      try Vocabulary(parsing: bytes, name: "\(path), vocabulary")
    }
    guard vocabulary.count == metadata.configuration.vocabularySize else {
      throw ToolError(
        .badData,
        "\(path): the model is damaged: its vocabulary has \(vocabulary.count) rows and not "
          + "\(metadata.configuration.vocabularySize); copy it again or train it again")
    }
    model = Seq2Seq(file.metadata.configuration, parameters: file.parameters)
  }

  /// Appends the ids of a token line, spelled where the vocabulary lacks a token.
  ///
  /// - Parameters:
  ///   - line: The line, without its line feed.
  ///   - lines: The reader that returned the line, for the place of an error.
  ///   - ids: Where to append.
  /// - Throws: ``StreamError`` with file, line and column.
  package func encode(
    _ line: UnsafeRawBufferPointer, of lines: borrowing LineReader, into ids: inout [UInt32]
  ) throws(StreamError) {
    do throws(TokenError) {
      try vocabulary.encode(line: line, into: &ids)
    } catch {
      throw lines.malformed(error.reason, column: error.offset + 1)
    }
  }
}
