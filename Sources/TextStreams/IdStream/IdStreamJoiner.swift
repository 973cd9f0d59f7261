/// Joins id streams that have the same vocabulary into one.
package struct IdStreamJoiner: ~Copyable {
  private let output: ByteWriter
  private var writer: IdStreamWriter?
  /// The stream that the others must agree with, and what they must agree on.
  private var first: (name: String, vocabulary: Vocabulary)?

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
    var writer = try takeWriter(for: reader.name, reader.vocabulary)
    while let record = try reader.next() {
      switch record {
      case .document: try writer.beginDocument()
      case .sentences(let block): try writer.append(block)
      }
    }
    self.writer = consume writer
  }

  /// Ends the joined stream.
  ///
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package mutating func finish() throws(StreamError) { try writer?.finish() }

  private mutating func takeWriter(
    for name: String, _ vocabulary: Vocabulary
  ) throws(StreamError) -> IdStreamWriter {
    guard let first else {
      self.first = (name, vocabulary)
      return try IdStreamWriter(to: output, vocabulary: vocabulary)
    }
    guard first.vocabulary == vocabulary else {
      throw StreamError(
        stream: name,
        problem: .malformed(
          "its vocabulary is not that of \(first.name); encode both with the same one"))
    }
    guard let taken = writer.take() else {
      preconditionFailure("\(name) is added after an error")
    }
    return taken
  }
}

extension IdStreamWriter {
  /// Adds the lines of another stream's block; the last is left open where it goes on.
  ///
  /// - Parameter block: The next block of a stream with the same vocabulary.
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  mutating func append(_ block: IdBlock) throws(StreamError) {
    var start = 0
    for (number, length) in block.lengths.enumerated() {
      let end = start + Int(length)
      for id in block.ids[start..<end] { try append(id) }
      start = end
      let goesOn = number == block.lengths.count - 1 && block.isContinued
      if !goesOn { try endLine() }
    }
  }
}
