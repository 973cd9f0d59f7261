internal import Glibc
package import TextStreams

/// Turns text into token lines, as huaben-formats(5) has them.
///
/// The output depends on the text alone: not on the number of workers, and not on how the input
/// arrives. Memory does not depend on the text.
package final class Tokenizer {
  /// A batch is given to a worker when it has this many bytes.
  package static let standardBatch = 98_304

  private let writer: ByteWriter
  private let invalid: InvalidBytes
  private let batchSize: Int
  private var segmenter: Segmenter
  /// How many workers to start once there is work for them; 0 from then on.
  private var wantedWorkers: Int
  private var workers: BatchWorkers?
  private var repairs = RepairCount()
  /// Paragraphs that wait for a worker.
  private var batch: [UInt8] = []
  private var lines = ByteBuffer()
  /// Whether the document has shown itself to be UTF-8, so that a bad byte says nothing of the rest.
  private var hasSeenUTF8 = false
  /// Whether windows of the current paragraph have been written already.
  private var isInLongParagraph = false

  /// Creates a tokenizer.
  ///
  /// - Parameters:
  ///   - options: How to cut the text.
  ///   - invalid: What to do with bytes that are not UTF-8.
  ///   - jobs: How many threads segment.
  ///   - batchSize: How many bytes are given to a worker at once, at least.
  ///   - writer: Where the token lines go; ``finish()`` leaves it unflushed.
  /// - Throws: ``ICUError`` if ICU's data is missing.
  package init(
    _ options: SegmenterOptions = SegmenterOptions(), invalid: InvalidBytes = .stop,
    jobs: Int = 1, batchSize: Int = Tokenizer.standardBatch, writer: ByteWriter
  ) throws(ICUError) {
    self.writer = writer
    self.batchSize = batchSize
    self.invalid = invalid
    segmenter = try Segmenter(options)
    wantedWorkers = jobs > 1 ? jobs : 0
  }

  /// Writes the lines of a document.
  ///
  /// Its last paragraph ends with it, line feed or not.
  ///
  /// - Parameter file: The text.
  /// - Throws: ``StreamError``, once the paragraphs before the place have been written.
  package func tokenize(_ file: consuming InputFile) throws(StreamError) {
    hasSeenUTF8 = false
    do throws(StreamError) {
      var reader = LineReader(file) { [unowned self] () throws(StreamError) in try flush() }
      while let window = try reader.window(upTo: segmenter.options.window) {
        if segmenter.options.layout == .pairs {
          try append(pair: window, of: reader)
          reader.advance(past: window)
        } else if window.isCut {
          let length = try appendWindow(window.bytes, of: reader)
          reader.advance(by: length)
        } else {
          try append(window, of: reader)
          reader.advance(past: window)
        }
      }
    } catch {
      // A second failure would be one of writing, and the first is what the user should hear of.
      try? finish()
      throw error
    }
  }

  /// Writes what is under way.
  ///
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package func finish() throws(StreamError) {
    try submit()
    while let workers, !workers.isEmpty { try workers.takeOldest(write) }
  }

  /// What was changed in the text, ready for a diagnostic; `nil` if nothing was.
  package var repairReport: String? {
    guard repairs.bytes > 0 else { return nil }
    return switch invalid {
    case .replace: "replaced \(counted(repairs.sequences, "invalid sequence")) with U+FFFD"
    default: "skipped \(counted(repairs.bytes, "invalid byte"))"
    }
  }

  private func flush() throws(StreamError) {
    try finish()
    try writer.flush()
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws(StreamError) {
    try writer.write(bytes)
  }

  private func submit() throws(StreamError) {
    guard !batch.isEmpty else { return }
    if wantedWorkers > 0, batch.count >= batchSize {
      workers = BatchWorkers(count: wantedWorkers, segmenter.options)
      wantedWorkers = 0
    }
    guard let workers else {
      segmenter.segment(lines: batch, into: &lines)
      batch.removeAll(keepingCapacity: true)
      try lines.withUnsafeBytes(write)
      return
    }
    if workers.isFull { try workers.takeOldest(write) }
    workers.submit(&batch)
  }
}

extension Tokenizer {
  /// Takes the rest of a paragraph, most often all of it.
  private func append(
    _ window: LineReader.Window, of reader: borrowing LineReader
  ) throws(StreamError) {
    try appendValid(window.bytes, of: reader)
    if isInLongParagraph {
      isInLongParagraph = false
      lines.removeAll()
      batch.withUnsafeBytes { segmenter.segment($0, into: &lines) }
      if window.endsInLineFeed { lines.append(UInt8(ascii: "\n")) }
      batch.removeAll(keepingCapacity: true)
      try lines.withUnsafeBytes(write)
      return
    }
    if window.endsInLineFeed { batch.append(UInt8(ascii: "\n")) }
    // The next document's first paragraph is another, though no line feed is between them.
    if batch.count >= batchSize || !window.endsInLineFeed { try submit() }
  }

  /// Takes a pair, once it is one.
  private func append(
    pair window: LineReader.Window, of reader: borrowing LineReader
  ) throws(StreamError) {
    guard !window.isCut else {
      throw reader.malformed(
        "longer than \(segmenter.options.window) bytes; a pair is a sentence, a tab and a sentence")
    }
    let start = batch.count
    try appendValid(window.bytes, of: reader)
    do throws(TokenError) {
      try batch[start...].withUnsafeBufferPointer { line throws(TokenError) in
        _ = try PairColumns(UnsafeRawBufferPointer(line))
      }
    } catch {
      batch.removeSubrange(start...)
      throw reader.malformed(error.reason, column: error.offset + 1)
    }
    batch.append(UInt8(ascii: "\n"))
    if batch.count >= batchSize { try submit() }
  }

  /// Appends bytes to the batch once they are valid, or are to be escaped.
  private func appendValid(
    _ bytes: UnsafeRawBufferPointer, of reader: borrowing LineReader
  ) throws(StreamError) {
    guard invalid != .escape, let offset = firstInvalid(in: bytes) else {
      noteUTF8(bytes)
      batch.append(contentsOf: bytes)
      return
    }
    guard let replacement else { throw invalidByte(at: offset, in: bytes, of: reader) }
    let result = repair(bytes, with: replacement, into: &batch)
    count(result.repairs)
  }

  /// Writes the first lines of a paragraph that is longer than a window.
  ///
  /// - Returns: How many bytes of the paragraph have been written.
  private func appendWindow(
    _ window: UnsafeRawBufferPointer, of reader: borrowing LineReader
  ) throws(StreamError) -> Int {
    try finish()
    isInLongParagraph = true
    let bytes = UnsafeRawBufferPointer(
      rebasing: window[..<(window.count - incompleteTail(of: window))])
    guard invalid != .escape, let offset = firstInvalid(in: bytes) else {
      noteUTF8(bytes)
      return try writeWindow(bytes)
    }
    guard let replacement else { throw invalidByte(at: offset, in: bytes, of: reader) }
    var valid: [UInt8] = []
    let whole = repair(bytes, with: replacement, into: &valid)
    guard !valid.isEmpty else {
      count(whole.repairs)
      return bytes.count
    }
    let written = try valid.withUnsafeBufferPointer { valid throws(StreamError) in
      try writeWindow(UnsafeRawBufferPointer(valid))
    }
    // What was not written is repaired, and counted, in the next window.
    valid.removeAll()
    let part = repair(bytes, with: replacement, upTo: written, into: &valid)
    count(part.repairs)
    return part.consumed
  }

  private func writeWindow(_ bytes: UnsafeRawBufferPointer) throws(StreamError) -> Int {
    lines.removeAll()
    let length = segmenter.segmentWindow(bytes, into: &lines)
    try lines.withUnsafeBytes(write)
    return length
  }

  /// What takes the place of invalid bytes; `nil` where they are not repaired.
  private var replacement: [UInt8]? {
    switch invalid {
    case .replace: [0xEF, 0xBF, 0xBD]
    case .skip: []
    case .stop, .escape: nil
    }
  }

  private func count(_ more: RepairCount) {
    repairs.sequences += more.sequences
    repairs.bytes += more.bytes
  }

  /// Notes characters of three bytes and more, which text in another encoding hardly ever makes.
  private func noteUTF8(_ bytes: UnsafeRawBufferPointer) {
    if !hasSeenUTF8 { hasSeenUTF8 = bytes.contains { $0 >= 0xE0 } }
  }

  private func invalidByte(
    at offset: Int, in bytes: UnsafeRawBufferPointer, of reader: borrowing LineReader
  ) -> StreamError {
    let column = reader.passedInLine + offset + 1
    let sample = UnsafeRawBufferPointer(rebasing: bytes[offset...].prefix(65_536))
    let isStart = reader.lineNumber == 1 && column == 1
    var reason = "byte 0x\(hexadecimal(bytes[offset])) is not valid UTF-8"
    noteUTF8(UnsafeRawBufferPointer(rebasing: bytes[..<offset]))
    if hasSeenUTF8 {
      reason += ", after text that is; use --invalid escape, replace or skip"
    } else if let guess = EncodingGuess(sample, isStart: isStart) {
      reason += ", this looks like \(guess.displayName)"
      reason += "; convert it with 'iconv -f \(guess.rawValue) -t utf-8', or use --invalid escape"
    } else {
      reason += "; use --invalid escape, replace or skip, or convert the text with iconv(1)"
    }
    return reader.malformed(reason, column: column)
  }
}

private func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return byte < 0x10 ? "0\(digits)" : digits
}

private func counted(_ number: Int, _ noun: String) -> String {
  "\(number) \(noun)\(number == 1 ? "" : "s")"
}
