internal import Glibc

/// Cuts paragraphs into sentences, one a line, and sentences into tokens.
///
/// Not thread-safe, as ICU is not: each worker has its own.
struct Segmenter: ~Copyable {
  let unit: TokenGranularity
  let layout: TextLayout
  /// Paragraphs longer than this many bytes are cut window by window.
  let window: Int

  private let words: BreakIterator
  private var sentences: SentenceEnds
  private var text: UTF16Text
  /// Spaces at the end of a window, whose token is in the next.
  private var pendingSpaces = 0

  /// Opens ICU's iterators.
  ///
  /// - Parameters:
  ///   - unit: What a token is.
  ///   - layout: What the lines of the source are.
  ///   - window: The most bytes to cut at once, at least 4.
  /// - Throws: ``ICUError`` if ICU's data is missing.
  init(unit: TokenGranularity, layout: TextLayout, window: Int) throws(ICUError) {
    precondition(window >= 4, "a window of \(window) bytes may not hold a scalar")
    let words = try BreakIterator(.word)
    let sentences = try SentenceEnds()
    self.unit = unit
    self.layout = layout
    self.window = window
    self.words = words
    self.sentences = sentences
    text = UTF16Text()
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
        switch layout {
        case .runningText: segment(line, into: &output)
        case .pairs: segment(pair: line, into: &output)
        }
        guard found != nil else { return }
        // A pair has its line feed as a sentence has; a paragraph's is an empty line.
        if layout == .runningText { output.append(UInt8(ascii: "\n")) }
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
  /// All sentences but the last are written. A single sentence is, but for its last word; a single
  /// word is written.
  ///
  /// - Parameters:
  ///   - bytes: The first ``window`` bytes of what is left of a longer paragraph.
  ///   - output: Where to append the lines.
  /// - Returns: How many bytes were written, at least 1; the next window begins behind them.
  mutating func segmentWindow(
    _ bytes: UnsafeRawBufferPointer, into output: inout ByteBuffer
  ) -> Int {
    text.decode(bytes)
    var end = lastStart(sentences.iterator)
    if end == 0 { end = lastStart(words) }
    if end == 0 { end = text.count }
    append(bytes, upTo: end, endsParagraph: false, to: &output)
    return Int(text.offsets[end])
  }

  /// The start of the last sentence or word of the text; 0 if it is the only one.
  private func lastStart(_ iterator: borrowing BreakIterator) -> Int {
    iterator.setText(UnsafeBufferPointer(start: text.units, count: text.count))
    var start = 0
    while let boundary = iterator.next(), boundary < text.count { start = boundary }
    return start
  }

  private mutating func append(
    _ bytes: UnsafeRawBufferPointer, upTo end: Int, endsParagraph: Bool,
    terminator: UInt8 = UInt8(ascii: "\n"), to output: inout ByteBuffer
  ) {
    let capacity = LineBuilder.capacity(for: bytes.count, pendingSpaces: pendingSpaces)
    output.append(atMost: capacity) { memory in
      var lines = LineBuilder(bytes, into: memory, pendingSpaces: pendingSpaces)
      switch layout {
      case .runningText:
        sentences.find(in: UnsafeBufferPointer(start: text.units, count: text.count))
      case .pairs: sentences.takeWhole(text.count)
      }
      switch unit {
      case .word: appendWords(upTo: end, to: &lines)
      case .character: appendCharacters(upTo: end, to: &lines)
      }
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

  private mutating func appendWords(upTo end: Int, to lines: inout LineBuilder) {
    words.setText(UnsafeBufferPointer(start: text.units, count: text.count))
    var special = text.specials
    var start = 0
    var sentenceEnd = sentences.next() ?? end
    while start < end, let boundary = words.next() {
      let wordEnd = min(boundary, end)
      // A sentence may end inside of what is a word to ICU, such as "א.ב".
      while sentenceEnd <= wordEnd, sentenceEnd < end {
        if start < sentenceEnd { appendWord(start, sentenceEnd, &special, to: &lines) }
        lines.endLine()
        start = sentenceEnd
        sentenceEnd = sentences.next() ?? end
      }
      if start < wordEnd { appendWord(start, wordEnd, &special, to: &lines) }
      start = wordEnd
    }
  }

  @inline(__always)
  private func appendWord(
    _ start: Int, _ end: Int, _ special: inout UnsafeMutablePointer<Int32>,
    to lines: inout LineBuilder
  ) {
    let offsets = text.offsets
    if Int(special.pointee) >= end {
      lines.word(Int(offsets[start]), Int(offsets[end]), isPlain: true)
      return
    }
    var start = start
    while Int(special.pointee) < end {
      let index = Int(special.pointee)
      special += 1
      guard text.units[index] == 0x20 else { continue }
      if start < index { lines.word(Int(offsets[start]), Int(offsets[index]), isPlain: false) }
      lines.space()
      start = index + 1
    }
    if start < end { lines.word(Int(offsets[start]), Int(offsets[end]), isPlain: false) }
  }

  private mutating func appendCharacters(upTo end: Int, to lines: inout LineBuilder) {
    var special = text.specials
    var start = 0
    var sentenceEnd = sentences.next() ?? end
    while start < end {
      let isPlain = Int(special.pointee) != start
      if !isPlain { special += 1 }
      // The second half of a surrogate pair has the offset of the first.
      let isPair = text.units[start] & 0xFC00 == 0xD800
      let next = start + (isPair ? 2 : 1)
      if text.units[start] == 0x20 {
        lines.space()
      } else {
        lines.character(
          Int(text.offsets[start]), Int(text.offsets[next]), isPlain: isPlain)
      }
      start = next
      if start == sentenceEnd, start < end {
        lines.endLine()
        sentenceEnd = sentences.next() ?? end
      }
    }
  }
}
