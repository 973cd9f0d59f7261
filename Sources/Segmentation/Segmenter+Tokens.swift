/// Cutting the sentences that are found into tokens of each unit.
extension Segmenter {
  /// Appends the tokens of the text, a line for each sentence but that the last has no end.
  ///
  /// - Parameters:
  ///   - end: Where to stop, at the end of a token.
  ///   - lines: Where to append them.
  mutating func appendTokens(upTo end: Int, to lines: inout LineBuilder) {
    switch options.unit {
    case .word where places.hasWords: appendKeptWords(upTo: end, to: &lines)
    case .word, .grapheme: appendICUTokens(upTo: end, to: &lines)
    case .character: appendCharacters(upTo: end, to: &lines)
    case .sentence: appendSentences(upTo: end, to: &lines)
    }
  }

  /// Returns a place without the spaces before it, or the place if there is nothing else before it.
  func endWithoutSpaces(_ end: Int) -> Int {
    var trimmed = end
    while trimmed > 0, text.units[trimmed - 1] == 0x20 { trimmed -= 1 }
    return trimmed > 0 ? trimmed : end
  }

  // MARK: - Words and clusters

  private mutating func appendICUTokens(upTo end: Int, to lines: inout LineBuilder) {
    tokens.setText(text.buffer)
    let offsets = text.offsets
    var special = text.specials
    var start = 0
    var sentenceEnd = sentences.next() ?? end
    // Before this place are neither ends of sentences nor what makes a token other than its bytes.
    var plainEnd = 0
    while start < end, let boundary = tokens.next() {
      if boundary <= plainEnd {
        lines.word(Int(offsets[start]), Int(offsets[boundary]), isPlain: true)
        start = boundary
        continue
      }
      let tokenEnd = min(boundary, end)
      // A sentence may end inside of what is a word to ICU, such as "א.ב".
      while sentenceEnd <= tokenEnd, sentenceEnd < end {
        if start < sentenceEnd { appendICUToken(start, sentenceEnd, &special, to: &lines) }
        lines.endLine()
        start = sentenceEnd
        sentenceEnd = sentences.next() ?? end
      }
      if start < tokenEnd { appendICUToken(start, tokenEnd, &special, to: &lines) }
      start = tokenEnd
      if options.unit == .word { plainEnd = min(Int(special.pointee), sentenceEnd - 1, end) }
    }
  }

  private func appendICUToken(
    _ start: Int, _ end: Int, _ special: inout UnsafeMutablePointer<Int32>,
    to lines: inout LineBuilder
  ) {
    if options.unit == .word {
      appendWord(start, end, &special, to: &lines)
    } else {
      appendCluster(start, end, &special, to: &lines)
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

  /// Appends a token that its spaces are part of.
  @inline(__always)
  private func appendWhole(
    _ start: Int, _ end: Int, _ special: inout UnsafeMutablePointer<Int32>,
    to lines: inout LineBuilder
  ) {
    let isPlain = passSpecials(upTo: end, &special)
    lines.word(Int(text.offsets[start]), Int(text.offsets[end]), isPlain: isPlain)
  }

  private func appendCluster(
    _ start: Int, _ end: Int, _ special: inout UnsafeMutablePointer<Int32>,
    to lines: inout LineBuilder
  ) {
    let isPlain = passSpecials(upTo: end, &special)
    if text.units[start] == 0x20, end == start + 1 {
      lines.space()
    } else {
      lines.character(Int(text.offsets[start]), Int(text.offsets[end]), isPlain: isPlain)
    }
  }

  /// Passes what is special before a place, and returns whether there was nothing.
  @inline(__always)
  private func passSpecials(
    upTo end: Int, _ special: inout UnsafeMutablePointer<Int32>
  ) -> Bool {
    let isPlain = Int(special.pointee) >= end
    while Int(special.pointee) < end { special += 1 }
    return isPlain
  }

  /// Appends words, those of the dictionary whole.
  private mutating func appendKeptWords(upTo end: Int, to lines: inout LineBuilder) {
    tokens.setText(text.buffer)
    places.begin(text.count, tokens, upTo: end)
    var special = text.specials
    var start = 0
    while start < end {
      let sentenceEnd = min(sentences.next() ?? end, end)
      places.findWords(of: text.buffer, in: start..<sentenceEnd)
      while start < sentenceEnd {
        let token = places.token(at: start, upTo: sentenceEnd)
        if token.isWord {
          appendWhole(start, token.end, &special, to: &lines)
        } else {
          appendWord(start, token.end, &special, to: &lines)
        }
        start = token.end
      }
      if start < end { lines.endLine() }
    }
  }

  // MARK: - Characters and sentences

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

  /// Appends each sentence as a token, with the spaces before it but not those behind it.
  ///
  /// So does the last sentence of a paragraph, but it has the spaces behind it too.
  private mutating func appendSentences(upTo end: Int, to lines: inout LineBuilder) {
    var special = text.specials
    var start = 0
    var sentenceEnd = 0
    while sentenceEnd < end {
      sentenceEnd = min(sentences.next() ?? end, end)
      var tokenEnd = sentenceEnd
      while sentenceEnd < end, tokenEnd > start, text.units[tokenEnd - 1] == 0x20 {
        tokenEnd -= 1
      }
      guard tokenEnd > start else { continue }
      appendWhole(start, tokenEnd, &special, to: &lines)
      if sentenceEnd < end { lines.endLine() }
      start = tokenEnd
    }
  }
}
