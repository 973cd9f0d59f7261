/// Counting in bulk.
extension TokenCounts {
  mutating func visitPieces(
    of bytes: UnsafeRawBufferPointer, _ place: inout TokenLinePlace
  ) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var pieceStart = 0
    var start = 0
    while !isFull {
      // Each token is loaded as eight bytes, those at the end too.
      let rest = (bytes.count - 8 - pieceStart) & -TokenEnds.step
      guard rest > 0 else { break }
      let length = min(rest, TokenEnds.pieceSize)
      ends.find(in: base + pieceStart, length)
      guard countTokens(in: base, pieceStart, from: start, &place) else { break }
      if ends.count > 0 { start = pieceStart + Int(ends.offsets[ends.count - 1]) + 1 }
      pieceStart += length
    }
    if start > 0 {
      isLineEmpty = bytes[start - 1] == 0x0A
      wasLineEmpty = isLineEmpty && isLine(endingAt: start - 1, emptyIn: base, place)
    }
    return start
  }

  /// Counts the tokens of a piece.
  ///
  /// - Returns: Whether nothing is wrong in it; if something is, what was counted is of no use.
  private mutating func countTokens(
    in base: UnsafeRawPointer, _ pieceStart: Int, from start: Int, _ place: inout TokenLinePlace
  ) -> Bool {
    let piece = base + pieceStart
    let (offsets, words, tables) = (ends.offsets, words, tables)
    // Less than 0 for a token that began in an earlier piece.
    var start = start - pieceStart
    var wordCount = 0
    var separators: UInt64 = 0
    for index in 0..<ends.count {
      let end = Int(offsets[index])
      separators &+= tables.value(ofSeparator: piece.load(fromByteOffset: end, as: UInt8.self))
      let length = end &- start
      if UInt(bitPattern: length &- 1) < 8 {
        let bytes = UInt64(
          littleEndian: piece.loadUnaligned(fromByteOffset: start, as: UInt64.self))
        let word = bytes & tables.mask(forLength: length)
        words[wordCount] = word
        wordCount &+= frequentTokens.add(word)
      } else if !countOther(pieceStart + start..<pieceStart + end, in: base, place) {
        return false
      }
      start = end &+ 1
    }
    guard separators < PieceTables.wrongSeparator, countWords(wordCount) else { return false }
    sentenceCount += Int(separators)
    place.lineNumber += Int(separators)
    return true
  }

  /// Counts a long token, or an empty line, and returns whether it is well formed.
  @inline(never)
  private mutating func countOther(
    _ range: Range<Int>, in base: UnsafeRawPointer, _ place: TokenLinePlace
  ) -> Bool {
    guard range.isEmpty else {
      let token = UnsafeRawBufferPointer(start: base + range.lowerBound, count: range.count)
      return token.count <= LineTokens.maximumTokenLength && countLong(TokenKey(token))
    }
    let end = range.lowerBound
    guard isLine(endingAt: end, emptyIn: base, place) else { return false }
    let isAfterEmpty = end == 0 ? wasLineEmpty : isLine(endingAt: end - 1, emptyIn: base, place)
    if !isAfterEmpty { paragraphCount += 1 }
    // The piece's lines are counted as sentences in the end.
    sentenceCount -= 1
    return true
  }

  /// Counts a long token, for which there is room, and returns whether it is well formed.
  private mutating func countLong(_ token: TokenKey) -> Bool {
    if longTokens.addKnown(token) { return true }
    guard (try? checkNew(token.bytes)) != nil else { return false }
    longTokens.add(token, times: 1)
    return true
  }

  /// Returns whether the separator at an offset is a line feed that ends an empty line.
  private func isLine(
    endingAt end: Int, emptyIn base: UnsafeRawPointer, _ place: TokenLinePlace
  ) -> Bool {
    func isLineFeed(_ offset: Int) -> Bool {
      base.load(fromByteOffset: offset, as: UInt8.self) == 0x0A
    }
    return isLineFeed(end) && (end == 0 ? !place.isAfterSpace : isLineFeed(end - 1))
  }

  /// Counts the short tokens of a piece that are not frequent, and returns whether the new ones among
  /// them are well formed.
  private mutating func countWords(_ count: Int) -> Bool {
    var index = 0
    while true {
      index = shortTokens.addKnown(words, index..<count)
      guard index < count else { break }
      guard addNew(words[index]) else { return false }
      index += 1
    }
    lookupCount += count
    // Often enough for a text that changes, so rarely that it costs less than the lookups.
    if lookupCount > 16 * shortTokens.count {
      frequentTokens.refill(from: shortTokens)
      lookupCount = 0
    }
    return true
  }

  /// Counts a short token that is new, and returns whether it is well formed.
  private mutating func addNew(_ word: UInt64) -> Bool {
    let isWellFormed = ShortTokenTable.withBytes(of: word) { (try? checkNew($0)) != nil }
    if isWellFormed { shortTokens.insert(word) }
    return isWellFormed
  }
}
