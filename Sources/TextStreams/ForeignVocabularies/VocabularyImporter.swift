/// Makes a vocabulary of one that another program has made.
package struct VocabularyImporter: ~Copyable {
  /// What was read.
  package struct Report: Equatable, Sendable {
    /// Tokens that are not reserved, and those that are.
    package var tokens = 0
    package var reservedTokens = 0
    /// Rows that stood for no token, to make the number of rows a multiple of eight.
    package var paddingRows = 0
  }

  package private(set) var report = Report()

  private let format: ForeignFormat
  private var tokens: ImportedTokens
  private let name: String

  /// Reads a vocabulary.
  ///
  /// - Parameters:
  ///   - file: What to read.
  ///   - format: Its form.
  ///   - isText: Whether tokens are text, to be escaped as token lines are; SentencePiece's always are.
  /// - Throws: ``StreamError`` at the first line that is wrong, or if the file is of another form.
  package init(
    _ file: consuming InputFile, format: ForeignFormat, isText: Bool = false
  ) throws(StreamError) {
    var reader = ByteReader(file)
    name = reader.name
    self.format = format
    tokens = ImportedTokens(name: reader.name, isText: isText || format.isOfText)
    guard try !reader.fill(toAtLeast: Vocabulary.maximumByteCount + 1) else {
      throw StreamError(
        stream: name, problem: .malformed("longer than a vocabulary can be; is it one?"))
    }
    let bytes = reader.unread
    if let reason = format.reasonAgainst(bytes) {
      throw StreamError(stream: name, problem: .malformed(reason))
    }
    switch format {
    case .marian: try readMapping(bytes)
    case .sentencepiece, .marianList, .fairseq: try readLines(bytes)
    }
    report.tokens = tokens.count
    report.reservedTokens = tokens.reservedCount
  }

  /// Writes the vocabulary.
  ///
  /// - Parameter writer: Where to; the caller flushes it.
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package func write(to writer: ByteWriter) throws(StreamError) { try tokens.write(to: writer) }

  private mutating func readMapping(_ bytes: UnsafeRawBufferPointer) throws(StreamError) {
    var mapping = YAMLMapping(bytes, name: name)
    var ids: Set<Int> = []
    while let entry = try mapping.next() {
      guard ids.insert(entry.number).inserted else {
        throw malformed("id \(entry.number) appears twice", entry.line, entry.column)
      }
      var key = entry.key
      // What the first two ids are called in the vocabularies of Nematus, which Marian reads.
      if entry.number == 0, key.elementsEqual("eos".utf8) { key = Array("</s>".utf8) }
      if entry.number == 1, key.elementsEqual("UNK".utf8) { key = Array("<unk>".utf8) }
      try key.withUnsafeBufferPointer { (key) throws(StreamError) in
        try tokens.add(
          UnsafeRawBufferPointer(key), count: 0, place: entry.number, line: entry.line,
          column: entry.column)
      }
    }
  }

  private mutating func readLines(_ bytes: UnsafeRawBufferPointer) throws(StreamError) {
    var rest = bytes
    var line = 0
    while !rest.isEmpty {
      line += 1
      let end = rest.firstIndex(of: 0x0A) ?? rest.count
      let row = UnsafeRawBufferPointer(rebasing: rest[..<end])
      rest = UnsafeRawBufferPointer(rebasing: rest[min(end + 1, rest.count)...])
      if row.last == 0x0D {
        throw malformed("line ends in CR LF; remove the carriage returns", line, row.count)
      }
      switch format {
      case .sentencepiece: try readPiece(row, line)
      case .fairseq: try readFairseqRow(row, line)
      case .marian, .marianList: try tokens.add(row, count: 0, place: line, line: line)
      }
    }
  }

  private mutating func readPiece(_ row: UnsafeRawBufferPointer, _ line: Int) throws(StreamError) {
    guard let tab = row.lastIndex(of: 0x09), tab > 0,
      decimalNumber(UnsafeRawBufferPointer(rebasing: row[(tab + 1)...])) != nil
    else { throw unlike("a piece, a tab and a number", line) }
    let piece = UnsafeRawBufferPointer(rebasing: row[..<tab])
    try tokens.add(piece, count: 0, place: line, line: line)
  }

  private mutating func readFairseqRow(
    _ row: UnsafeRawBufferPointer, _ line: Int
  ) throws(StreamError) {
    guard let row = FairseqRow(row) else {
      throw unlike("a token, a space and a count", line)
    }
    if row.isPadding {
      report.paddingRows += 1
      return
    }
    try tokens.add(
      row.token, count: row.count, place: line, line: line, isOverwriting: row.isOverwriting)
  }

  /// The error for a line that has not what it should have; the first may say that none has.
  private func unlike(_ expected: String, _ line: Int) -> StreamError {
    let hint = line == 1 ? "; this is not \(format.title)" : ""
    return malformed("expected \(expected)\(hint)", line, 1)
  }

  private func malformed(_ reason: String, _ line: Int, _ column: Int) -> StreamError {
    StreamError(stream: name, line: line, column: column, problem: .malformed(reason))
  }
}

extension ForeignFormat {
  /// Why a file is not of this form, and what to do; `nil` also where its lines will tell.
  fileprivate func reasonAgainst(_ bytes: UnsafeRawBufferPointer) -> String? {
    let kind = FileKind(of: bytes)
    switch kind {
    case .idStream, .mangledIdStream:
      return "this is an id stream, not \(title); 'vocab decode --vocabulary' extracts its own"
    case .safetensors: return "this is a model, not \(title); name the vocabulary it came with"
    case .vocabulary:
      // With <pad> as its first piece SentencePiece begins in the same way.
      guard self != .sentencepiece || !hasFractions(bytes) else { return nil }
      return "this is a vocabulary of 'vocab' already; it needs no import"
    case .compressed(let program): return "compressed; expand it with '\(program) -d' first"
    case .empty: return "empty, not \(title); copy the file again"
    case .unknown:
      return bytes.first == 0x0A && bytes.count > 64 && bytes[2] == 0x0A
        ? "this is a SentencePiece model; its vocabulary is the .vocab file beside it, or what 'spm_export_vocab' writes"
        : "this is no text, and not \(title)"
    case .columns, .text: break
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      return "begins with a byte order mark; remove it: tail -c +4 FILE"
    }
    guard let found = ForeignFormat(of: bytes), found != self else { return nil }
    // Whatever the second line is.
    let first = UnsafeRawBufferPointer(rebasing: bytes.prefix { $0 != 0x0A })
    if self == .marian, ForeignFormat.looksLikeYAML(first) { return nil }
    return "this looks like \(found.title), not \(title); import it with --format \(found.rawValue)"
  }
}

/// Whether the number behind a line's last tab is none that counts something, in any line.
private func hasFractions(_ bytes: UnsafeRawBufferPointer) -> Bool {
  bytes.split(separator: 0x0A).contains { line in
    guard let tab = line.lastIndex(of: 0x09) else { return false }
    return decimalCount(line[(tab + 1)...]) == nil
  }
}
