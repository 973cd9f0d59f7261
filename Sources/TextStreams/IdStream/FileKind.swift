extension ByteReader {
  /// Refuses what by its first bytes is a file of another kind than token lines.
  ///
  /// - Throws: ``StreamError``, which says what the file is; nothing once bytes were consumed.
  package func refuseOtherThanTokenLines() throws(StreamError) {
    guard offset == 0, let reason = FileKind(of: unread).reasonAgainstTokenLines else { return }
    throw StreamError(stream: name, problem: .malformed(reason))
  }
}

/// What a file is, by its first bytes; so that a tool can say what it was given.
package enum FileKind: Equatable, Sendable {
  case idStream
  /// An id stream whose line ends or high bits a text-mode transfer has changed.
  case mangledIdStream
  case safetensors
  case vocabulary
  /// A compressed file, and the program that expands it.
  case compressed(program: String)
  case empty
  /// Text whose first line has columns.
  case columns
  /// Anything else that has no zero byte in what was seen.
  case text
  case unknown

  /// Recognises a file.
  ///
  /// - Parameter bytes: The first bytes of it, some dozens if there are as many.
  package init(of bytes: UnsafeRawBufferPointer) {
    func begins(_ prefix: [UInt8]) -> Bool { bytes.starts(with: prefix) }
    if bytes.isEmpty {
      self = .empty
    } else if begins(IdStreamFormat.magic) {
      self = .idStream
    } else if Self.looksMangled(bytes) {
      self = .mangledIdStream
    } else if begins([0x1F, 0x8B]) {
      self = .compressed(program: "gzip")
    } else if begins([0x28, 0xB5, 0x2F, 0xFD]) {
      self = .compressed(program: "zstd")
    } else if begins([0xFD, 0x37, 0x7A, 0x58, 0x5A]) {
      self = .compressed(program: "xz")
    } else if begins(Array("BZh".utf8)), bytes.dropFirst(4).starts(with: Array("1AY&SY".utf8)) {
      self = .compressed(program: "bzip2")
    } else if bytes.count > 8, bytes[8] == UInt8(ascii: "{"), bytes[7] == 0, bytes[6] == 0 {
      self = .safetensors
    } else if begins(Array("<pad>\t".utf8)) {
      self = .vocabulary
    } else {
      let start = bytes.prefix(4096)
      let hasColumns = start.prefix { $0 != 0x0A }.contains(0x09)
      self = start.contains(0) ? .unknown : hasColumns ? .columns : .text
    }
  }

  /// Whether "HBI" and a control-Z stand where the magic has them, give or take a byte that a
  /// re-encoding added or took.
  private static func looksMangled(_ bytes: UnsafeRawBufferPointer) -> Bool {
    (1...3).contains { offset in
      bytes.count >= offset + 7
        && bytes[offset..<offset + 3].elementsEqual(Array("HBI".utf8))
        && bytes[(offset + 3)..<(offset + 7)].contains(0x1A)
    }
  }

  /// Why the file is no id stream, and what to do.
  package var reasonAgainstIdStream: String? {
    switch self {
    case .idStream: nil
    case .mangledIdStream:
      "this id stream was changed by a transfer as text; transfer it as binary, or make it again with 'vocab encode'"
    case .safetensors: "this is a model, not an id stream; ids come from 'vocab encode'"
    case .vocabulary:
      "this is a vocabulary, not an id stream; 'vocab encode -v' takes it to make one"
    case .compressed(let program): compressedReason(program)
    case .empty: "empty, not an id stream; did 'vocab encode' before it fail?"
    case .columns:
      "these are columns of text, not an id stream; train takes those of 'tokenize --pairs' with --pairs"
    case .text: "this is text, not an id stream; make one with 'vocab encode'"
    case .unknown: "this is not an id stream; make one with 'vocab encode'"
    }
  }

  /// Why the file is no vocabulary, and what to do; `nil` also where its rows will tell.
  package var reasonAgainstVocabulary: String? {
    switch self {
    case .vocabulary: nil
    case .idStream, .mangledIdStream:
      "this is an id stream, not a vocabulary; 'vocab decode --vocabulary' extracts its own"
    case .safetensors: "this is a model, not a vocabulary; make one with 'vocab'"
    case .compressed(let program): compressedReason(program)
    case .empty: "empty, not a vocabulary; make one with 'vocab'"
    case .columns, .text:
      "this is text, not a vocabulary, whose first row is '<pad>'; make one with 'vocab'"
    case .unknown: "this is not a vocabulary; make one with 'vocab'"
    }
  }

  /// Why the file is no token lines, and what to do; `nil` also where its lines will tell.
  package var reasonAgainstTokenLines: String? {
    switch self {
    case .idStream, .mangledIdStream:
      "this is an id stream, not token lines; 'vocab decode' turns it into some"
    case .safetensors: "this is a model, not token lines; those come from 'tokenize'"
    case .vocabulary: "this is a vocabulary, not token lines; those come from 'tokenize'"
    case .compressed(let program): compressedReason(program)
    case .empty, .columns, .text, .unknown: nil
    }
  }

  /// Why the file is no pairs of token lines, and what to do; `nil` also where its lines will tell.
  package var reasonAgainstPairs: String? {
    switch self {
    case .idStream, .mangledIdStream:
      "this is an id stream, not pairs; those come from 'tokenize --pairs', and train takes a stream without --pairs"
    case .safetensors: "this is a model, not pairs; those come from 'tokenize --pairs'"
    case .vocabulary: "this is a vocabulary, not pairs; those come from 'tokenize --pairs'"
    case .compressed(let program): compressedReason(program)
    case .empty, .columns, .text, .unknown: nil
    }
  }

  /// Why the file is no n-best list, and what to do; `nil` also where its rows will tell.
  package var reasonAgainstNBestList: String? {
    switch self {
    case .idStream, .mangledIdStream: "this is an id stream, not an n-best list"
    case .safetensors: "this is a model, not an n-best list; name it with -m"
    case .vocabulary: "this is a vocabulary, not an n-best list"
    case .compressed(let program): compressedReason(program)
    case .empty, .columns, .text, .unknown: nil
    }
  }

  /// Why the file is no vectors of words, and what to do; `nil` also where its lines will tell.
  package var reasonAgainstVectors: String? {
    switch self {
    case .idStream, .mangledIdStream: "this is an id stream, not word vectors"
    case .safetensors: "this is a model, not word vectors; name the text file they are in"
    case .vocabulary: "this is a vocabulary, not word vectors; it goes to 'vocab encode -v'"
    case .compressed(let program): compressedReason(program)
    case .empty: "empty, not word vectors; copy the file again"
    case .unknown: "this is no text; word vectors are read in word2vec's text format"
    case .columns, .text: nil
    }
  }

  /// Why the file is no dictionary, and what to do; `nil` also where its lines will tell.
  package var reasonAgainstDictionary: String? {
    switch self {
    case .idStream, .mangledIdStream: "this is an id stream, not a list of words"
    case .safetensors: "this is a model, not a list of words"
    case .compressed(let program): compressedReason(program)
    case .unknown: "this is not UTF-8 text, with a word a line"
    case .vocabulary, .empty, .columns, .text: nil
    }
  }

  private func compressedReason(_ program: String) -> String {
    "compressed; expand it with '\(program) -d' first"
  }
}
