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
  private let batchSize: Int
  private var segmenter: Segmenter
  /// How many workers to start once there is work for them; 0 from then on.
  private var wantedWorkers: Int
  private var workers: BatchWorkers?
  /// Paragraphs that wait for a worker.
  private var batch: [UInt8] = []
  private var lines = ByteBuffer()
  /// Whether windows of the current paragraph have been written already.
  private var isInLongParagraph = false

  /// Creates a tokenizer.
  ///
  /// - Parameters:
  ///   - options: How to cut the text.
  ///   - jobs: How many threads segment.
  ///   - batchSize: How many bytes are given to a worker at once, at least.
  ///   - writer: Where the token lines go; ``finish()`` leaves it unflushed.
  /// - Throws: ``ICUError`` if ICU's data is missing.
  package init(
    _ options: SegmenterOptions = SegmenterOptions(), jobs: Int = 1,
    batchSize: Int = Tokenizer.standardBatch, writer: ByteWriter
  ) throws(ICUError) {
    self.writer = writer
    self.batchSize = batchSize
    segmenter = try Segmenter(options)
    wantedWorkers = jobs > 1 ? jobs : 0
  }

  /// Writes the lines of a document.
  ///
  /// Its last paragraph ends with it, line feed or not. Bytes that are not UTF-8 are escaped.
  ///
  /// - Parameters:
  ///   - file: The text, which may be compressed by gzip.
  ///   - stages: What makes UTF-8 of it and changes it before it is cut, the first first.
  /// - Throws: ``StreamError``, once the paragraphs before the place have been written.
  package func tokenize(
    _ file: consuming InputFile, stages: [any ByteStage] = []
  ) throws(StreamError) {
    do throws(StreamError) {
      var reader = LineReader(file, stages: stages, expandsGzip: true) {
        [unowned self] () throws(StreamError) in try flush()
      }
      while let window = try reader.window(upTo: segmenter.options.window) {
        if segmenter.options.layout == .pairs {
          try append(pair: window, of: reader)
          reader.advance(past: window)
        } else if window.isCut {
          let length = try appendWindow(window.bytes)
          reader.advance(by: length)
        } else {
          try append(window)
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
  private func append(_ window: LineReader.Window) throws(StreamError) {
    batch.append(contentsOf: window.bytes)
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
    batch.append(contentsOf: window.bytes)
    do throws(TokenError) {
      try batch[start...].withUnsafeBufferPointer { line throws(TokenError) in
        _ = try PairColumns(UnsafeRawBufferPointer(line))
      }
    } catch {
      batch.removeSubrange(start...)
      throw reader.malformed(error)
    }
    batch.append(UInt8(ascii: "\n"))
    if batch.count >= batchSize { try submit() }
  }

  /// Writes the first lines of a paragraph that is longer than a window.
  ///
  /// - Returns: How many bytes of the paragraph have been written.
  private func appendWindow(_ window: UnsafeRawBufferPointer) throws(StreamError) -> Int {
    try finish()
    isInLongParagraph = true
    lines.removeAll()
    let whole = window.count - incompleteTail(of: window)
    let length = segmenter.segmentWindow(
      UnsafeRawBufferPointer(rebasing: window[..<whole]), into: &lines)
    try lines.withUnsafeBytes(write)
    return length
  }
}
