extension Vocabulary {
  /// The largest vocabulary file, in bytes, that a tool reads.
  package static let maximumByteCount = (256 << 20) - 16

  /// Reads a vocabulary: a line for each id, a token, a tab, and how often it was seen.
  ///
  /// Where a merge makes the token, another tab and the merge's rank follow.
  ///
  /// - Parameter file: What to read; nothing may follow the vocabulary.
  /// - Throws: ``StreamError`` at the first line that is wrong.
  package init(reading file: consuming InputFile) throws(StreamError) {
    var reader = ByteReader(file)
    let isTooLong = try reader.fill(toAtLeast: Self.maximumByteCount + 1)
    if isTooLong {
      throw StreamError(
        stream: reader.name,
        problem: .malformed("longer than a vocabulary can be; make one with 'vocab'"))
    }
    try self.init(parsing: reader.unread, name: reader.name)
  }

  /// Parses a vocabulary.
  ///
  /// - Parameters:
  ///   - bytes: The whole of it.
  ///   - name: Its name in diagnostics.
  /// - Throws: ``StreamError`` at the first line that is wrong.
  package init(parsing bytes: UnsafeRawBufferPointer, name: String) throws(StreamError) {
    if let reason = FileKind(of: bytes).reasonAgainstVocabulary {
      throw StreamError(stream: name, problem: .malformed(reason))
    }
    var rows = VocabularyRows(name: name)
    var rest = bytes
    while !rest.isEmpty {
      let end = rest.firstIndex(of: 0x0A)
      try rows.add(UnsafeRawBufferPointer(rebasing: rest[..<(end ?? rest.endIndex)]))
      rest = UnsafeRawBufferPointer(rebasing: rest[((end ?? rest.endIndex - 1) + 1)...])
    }
    guard rows.table.count >= ReservedToken.count else {
      throw rows.malformed(
        "ends after \(rows.table.count) rows; a vocabulary begins with \(ReservedToken.count) reserved ones"
      )
    }
    var text = Array(bytes)
    if text.last != 0x0A { text.append(0x0A) }
    let (characterCounts, merges) = (rows.characterCounts, try rows.merges())
    self.init(
      table: rows.takeTable(), characterCounts: characterCounts, merges: merges, text: text)
  }
}

/// The rows of a vocabulary as they are read.
private struct VocabularyRows: ~Copyable {
  let name: String
  var table = TokenTable()
  var characterCounts: [UInt16] = []
  private var ranks: [RankedRow] = []

  init(name: String) { self.name = name }

  consuming func takeTable() -> TokenTable { table }

  /// An error about a row, the next one if none is named.
  func malformed(_ reason: String, column: Int? = nil, id: UInt32? = nil) -> StreamError {
    StreamError(
      stream: name, line: id.map { Int($0) + 1 } ?? table.count + 1, column: column,
      problem: .malformed(reason))
  }

  /// Returns the merges that the rows tell of.
  borrowing func merges() throws(StreamError) -> Merges {
    do { return try Merges(ranks, in: table) } catch { throw malformed(error.reason, id: error.id) }
  }

  mutating func add(_ line: UnsafeRawBufferPointer) throws(StreamError) {
    guard let tab = line.firstIndex(of: 0x09), tab > 0 else {
      throw malformed("expected a token, a tab, and a count")
    }
    let token = UnsafeRawBufferPointer(rebasing: line[..<tab])
    let expected = ReservedToken(id: UInt32(clamping: table.count))
    let found = ReservedToken(token)
    guard expected == found else {
      throw malformed(
        expected.map { "expected the token '\(String(decoding: $0.bytes, as: UTF8.self))' here" }
          ?? "reserved token again; row \((found?.id ?? 0) + 1) is its place")
    }
    let second = line[(tab + 1)...].firstIndex(of: 0x09)
    guard let count = decimalCount(line[(tab + 1)..<(second ?? line.endIndex)]) else {
      throw unexpected(in: line, at: tab + 1, "a count after the tab")
    }
    if let second {
      guard let rank = decimalCount(line[(second + 1)...]), rank > 0 else {
        throw unexpected(in: line, at: second + 1, "the rank of a merge after the second tab")
      }
      guard expected == nil else {
        throw malformed("no merge makes a reserved token", column: second + 2)
      }
      ranks.append(RankedRow(rank: rank, id: UInt32(table.count)))
    }
    guard token.count <= LineTokens.maximumTokenLength else {
      throw malformed(LineTokens.longTokenReason)
    }
    do throws(TokenError) {
      if let space = token.firstIndex(of: 0x20) {
        throw TokenError(offset: space, reason: "a token holds no space")
      }
      characterCounts.append(UInt16(try TokenEscapes.characterCount(token)))
    } catch {
      throw malformed(error.reason, column: error.offset + 1)
    }
    guard table.index(of: TokenKey(token)) == nil else {
      throw malformed("token '\(String(decoding: token, as: UTF8.self))' appears twice")
    }
    table.add(TokenKey(token), times: count)
  }

  private func unexpected(
    in line: UnsafeRawBufferPointer, at offset: Int, _ wanted: String
  ) -> StreamError {
    malformed(
      line.last == 0x0D
        ? "line ends in CR LF; remove the carriage returns" : "expected \(wanted)",
      column: offset + 1)
  }
}
