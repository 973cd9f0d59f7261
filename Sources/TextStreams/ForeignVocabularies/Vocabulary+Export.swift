extension Vocabulary {
  /// What an export wrote.
  package struct ExportReport: Equatable, Sendable {
    package var rows = 0
    /// Rows that the form cannot hold.
    package var leftOutRows = 0
  }

  /// Writes the vocabulary in the form of another program.
  ///
  /// - Parameters:
  ///   - format: Which.
  ///   - writer: Where to; the caller flushes it.
  /// - Returns: What was written.
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  package func export(
    as format: ForeignFormat, to writer: ByteWriter
  ) throws(StreamError) -> ExportReport {
    switch format {
    case .sentencepiece: return try exportPieces(to: writer)
    case .marian:
      return try exportMarian(to: writer) { token, number, line in
        appendYAMLKey(token, to: &line)
        line += ": \(number)".utf8
      }
    case .marianList: return try exportMarian(to: writer) { token, _, line in line += token }
    case .fairseq: return try exportFairseq(to: writer)
    }
  }

  /// Writes Marian's tokens, `</s>` and `<unk>` first, each in a line that `append` makes of it and
  /// its number.
  private func exportMarian(
    to writer: ByteWriter, _ append: (ArraySlice<UInt8>, Int, inout [UInt8]) -> Void
  ) throws(StreamError) -> ExportReport {
    var line: [UInt8] = []
    let ids = [3, 1, 4] + Array(UInt32(ReservedToken.specialNames.count)..<UInt32(count))
    for (number, id) in ids.enumerated() {
      line.removeAll(keepingCapacity: true)
      append(tokenBytes(id), number, &line)
      line.append(0x0A)
      try writer.write(line)
    }
    return ExportReport(rows: ids.count)
  }

  /// Writes fairseq's rows, in which its four special tokens are not.
  private func exportFairseq(to writer: ByteWriter) throws(StreamError) -> ExportReport {
    let first = UInt32(ReservedToken.specialNames.count) - 1
    var line: [UInt8] = []
    for id in first..<UInt32(count) {
      line.removeAll(keepingCapacity: true)
      line += tokenBytes(id)
      line.append(0x20)
      appendDecimal(counts[Int(id)], to: &line)
      line.append(0x0A)
      try writer.write(line)
    }
    return ExportReport(rows: count - Int(first))
  }

  /// Writes SentencePiece's pieces; the ids of the pieces are those of the tokens if all have one.
  private func exportPieces(to writer: ByteWriter) throws(StreamError) -> ExportReport {
    var report = ExportReport()
    var scores = PieceScores(self)
    var seen = TokenTable(minimumCapacity: count)
    for id in 0..<UInt32(count) {
      let isReserved = id < ReservedToken.count
      let score = isReserved ? 0 : scores.score(of: id, count: counts[Int(id)])
      let token = tokenBytes(id)
      guard var line = isReserved ? Array(token) : piece(of: token),
        line.withUnsafeBytes({ seen.insert($0) })
      else {
        report.leftOutRows += 1
        continue
      }
      line.append(0x09)
      line += general(score).utf8
      line.append(0x0A)
      try writer.write(line)
      report.rows += 1
    }
    return report
  }
}

extension TokenTable {
  /// Takes in a string, and returns whether it is new.
  fileprivate mutating func insert(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let key = TokenKey(bytes)
    guard index(of: key) == nil else { return false }
    add(key, times: 1)
    return true
  }
}
