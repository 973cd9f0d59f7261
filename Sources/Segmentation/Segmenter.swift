internal import Glibc

/// Cuts paragraphs into sentences, one a line, and sentences into tokens.
///
/// Not thread-safe, as ICU is not: each worker has its own.
struct Segmenter: ~Copyable {
  let options: SegmenterOptions

  /// Tokens as ICU has them: its words, or its clusters.
  let tokens: BreakIterator
  var sentences: SentenceEnds
  var text: UTF16Text
  /// Where tokens begin once the words of the dictionary are kept whole.
  var places: TokenPlaces
  /// Spaces at the end of a window, whose token is in the next.
  private var pendingSpaces = 0

  /// Opens ICU's iterators.
  ///
  /// - Parameter options: How to cut.
  /// - Throws: ``ICUError`` if ICU's data is missing.
  init(_ options: SegmenterOptions) throws(ICUError) {
    precondition(
      options.window >= 4, "a window of \(options.window) bytes may not hold a scalar")
    let kind: BreakIterator.Kind = options.unit == .grapheme ? .cluster : .word
    let tokens = try BreakIterator(kind, locale: options.locale)
    let sentences = try SentenceEnds(locale: options.locale)
    self.options = options
    self.tokens = tokens
    self.sentences = sentences
    text = UTF16Text()
    places = TokenPlaces(options.unit == .word ? options.dictionary : nil)
  }

  /// Writes the lines of whole paragraphs, each with its line feed; only the last may lack it.
  ///
  /// - Parameters:
  ///   - paragraphs: Lines of the source, none longer than a window.
  ///   - output: Is emptied and given the lines.
  mutating func segment(lines paragraphs: [UInt8], into output: inout ByteBuffer) {
    output.removeAll()
    paragraphs.withUnsafeBytes { bytes in
      var rest = bytes
      while let start = rest.baseAddress, !rest.isEmpty {
        let found = memchr(start, 0x0A, rest.count).map { UnsafeRawPointer($0) - start }
        let end = found ?? rest.count
        let line = UnsafeRawBufferPointer(rebasing: rest[..<end])
        switch options.layout {
        case .runningText: segment(line, into: &output)
        case .pairs: segment(pair: line, into: &output)
        }
        guard found != nil else { return }
        // A pair has its line feed as a sentence has; a paragraph's is an empty line.
        if options.layout == .runningText { output.append(UInt8(ascii: "\n")) }
        rest = UnsafeRawBufferPointer(rebasing: rest[(end + 1)...])
      }
    }
  }

  /// Writes the lines of what is left of a paragraph, no longer than a window.
  ///
  /// - Parameters:
  ///   - paragraph: Its bytes, without the line feed.
  ///   - output: Where to append the lines.
  mutating func segment(_ paragraph: UnsafeRawBufferPointer, into output: inout ByteBuffer) {
    text.decode(paragraph)
    append(paragraph, upTo: text.count, endsParagraph: true, to: &output)
  }

  /// Writes the columns of a pair as one line.
  private mutating func segment(pair line: UnsafeRawBufferPointer, into output: inout ByteBuffer) {
    guard let tab = line.firstIndex(of: UInt8(ascii: "\t")) else {
      preconditionFailure("a line without a tab was taken for a pair")
    }
    for (column, terminator) in [(line[..<tab], UInt8(ascii: "\t")), (line[(tab + 1)...], 0x0A)] {
      let bytes = UnsafeRawBufferPointer(rebasing: column)
      text.decode(bytes)
      append(bytes, upTo: text.count, endsParagraph: true, terminator: terminator, to: &output)
    }
  }

  /// Writes the lines of a window, apart from what the next window may change.
  ///
  /// All sentences but the last are written. A single sentence is, but for its last token; a single
  /// token is written.
  ///
  /// - Parameters:
  ///   - bytes: The first bytes, as many as a window has, of what is left of a longer paragraph.
  ///   - output: Where to append the lines.
  /// - Returns: How many bytes were written, at least 1; the next window begins behind them.
  mutating func segmentWindow(
    _ bytes: UnsafeRawBufferPointer, into output: inout ByteBuffer
  ) -> Int {
    text.decode(bytes)
    var end = lastStart(sentences.iterator)
    if end == 0 { end = lastTokenStart() }
    if end == 0 { end = text.count }
    if options.unit == .sentence { end = endWithoutSpaces(end) }
    append(bytes, upTo: end, endsParagraph: false, to: &output)
    return Int(text.offsets[end])
  }

  /// The start of the last sentence or token of the text; 0 if it is the only one.
  private func lastStart(_ iterator: borrowing BreakIterator) -> Int {
    iterator.setText(text.buffer)
    var start = 0
    while let boundary = iterator.next(), boundary < text.count { start = boundary }
    return start
  }

  /// The start of the last token of the text, which is all of one sentence.
  private mutating func lastTokenStart() -> Int {
    guard places.hasWords else { return lastStart(tokens) }
    tokens.setText(text.buffer)
    places.begin(text.count, tokens, upTo: text.count)
    places.findWords(of: text.buffer, in: 0..<text.count)
    return places.lastCertainStart(text.count)
  }

  private mutating func append(
    _ bytes: UnsafeRawBufferPointer, upTo end: Int, endsParagraph: Bool,
    terminator: UInt8 = UInt8(ascii: "\n"), to output: inout ByteBuffer
  ) {
    let capacity = LineBuilder.capacity(for: bytes.count, pendingSpaces: pendingSpaces)
    let longestToken =
      options.unit == .sentence ? LineBuilder.longestSentence : LineBuilder.longestWord
    output.append(atMost: capacity) { memory in
      var lines = LineBuilder(
        bytes, into: memory, pendingSpaces: pendingSpaces, longestToken: longestToken)
      switch options.layout {
      case .runningText: sentences.find(in: text.buffer)
      case .pairs: sentences.takeWhole(text.count)
      }
      appendTokens(upTo: end, to: &lines)
      // The spaces that a window ends in wait for their token, unless there is nothing else in it.
      if endsParagraph {
        lines.writeSpaceTokens(upTo: 0)
      } else if end == text.count {
        lines.writeSpaceTokens(upTo: 1)
      }
      lines.endLine(terminator)
      pendingSpaces = lines.pendingSpaces
      return lines.count
    }
  }
}
