import Storytelling
import TextStreams

extension Story {
  /// Reads the beginning of a story from files of text, one behind the other as `cat` has them.
  ///
  /// - Parameters:
  ///   - paths: The files, which may be compressed by gzip.
  ///   - author: Who cuts the text into sentences.
  /// - Throws: ``StreamError`` with the place of what is no text.
  init(reading paths: [String], for author: some Coauthor) throws(StreamError) {
    self.init()
    for path in paths {
      var reader = LineReader(try InputFile(path: path), expandsGzip: true)
      try reader.refuse(\.reasonAgainstText)
      while let line = try reader.next() {
        if let offset = firstInvalid(in: line) {
          throw StreamError(
            stream: path, line: reader.lineNumber, column: offset + 1, problem: .invalidUTF8)
        }
        guard line.count <= author.longestText else {
          throw reader.malformed("a paragraph of more than \(author.longestText) bytes")
        }
        if !line.isEmpty {
          for sentence in author.sentences(of: Array(line)) { append(.sentence(sentence)) }
        }
        if reader.lastLineEndedInLineFeed { append(.paragraphEnd) }
      }
    }
  }
}

extension FileKind {
  /// Why the file is no text that a story could begin with; `nil` also where its bytes will tell.
  fileprivate var reasonAgainstText: String? {
    switch self {
    case .idStream, .mangledIdStream: "this is an id stream, not text"
    case .safetensors: "this is a model, not text; name it with -m"
    case .vocabulary: "this is a vocabulary, not text"
    case .compressed(let program): "compressed; expand it with '\(program) -d' first"
    case .unknown: "this is not UTF-8 text"
    case .empty, .columns, .text: nil
    }
  }
}
