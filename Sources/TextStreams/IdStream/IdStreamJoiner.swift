/// Joins id streams that have the same vocabulary into one.
package struct IdStreamJoiner: ~Copyable {
  private let output: ByteWriter
  private var first: First?

  /// The stream that the others must agree with.
  private struct First {
    let name: String
    let vocabulary: Vocabulary
    let writer: IdStreamWriter
  }

  /// Creates a joiner; the first stream added decides the vocabulary.
  ///
  /// - Parameter writer: Where to; the caller finishes it.
  package init(to writer: ByteWriter) { output = writer }

  /// Adds a stream's documents.
  ///
  /// - Parameter file: An id stream.
  /// - Throws: ``StreamError`` if it is damaged or has another vocabulary, or the output fails.
  package mutating func add(_ file: consuming InputFile) throws(StreamError) {
    var reader = try IdStreamReader(file)
    let writer = try writer(for: reader.name, reader.vocabulary)
    while let record = try reader.next() {
      switch record {
      case .document: try writer.beginDocument()
      case .sentences(let block): try copy(block, to: writer)
      }
    }
  }

  /// Ends the joined stream.
  ///
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package func finish() throws(StreamError) { try first?.writer.finish() }

  private mutating func writer(
    for name: String, _ vocabulary: Vocabulary
  ) throws(StreamError) -> IdStreamWriter {
    if let first {
      guard first.vocabulary == vocabulary else {
        throw StreamError(
          stream: name,
          problem: .malformed(
            "its vocabulary is not that of \(first.name); encode both with the same one"))
      }
      return first.writer
    }
    let writer = try IdStreamWriter(to: output, vocabulary: vocabulary)
    first = First(name: name, vocabulary: vocabulary, writer: writer)
    return writer
  }

  private func copy(_ block: IdBlock, to writer: IdStreamWriter) throws(StreamError) {
    var start = 0
    for (number, length) in block.lengths.enumerated() {
      let end = start + Int(length)
      for id in block.ids[start..<end] { try writer.append(id) }
      start = end
      let goesOn = number == block.lengths.count - 1 && block.isContinued
      if !goesOn { try writer.endLine() }
    }
  }
}
