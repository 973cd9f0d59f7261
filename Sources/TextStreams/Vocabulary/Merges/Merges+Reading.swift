/// A row of a vocabulary that says the rank of the merge that makes it.
struct RankedRow {
  let rank: Int
  let id: UInt32
}

/// What is wrong with the merges of a vocabulary.
struct MergeError: Error {
  let id: UInt32
  /// What is wrong and what to do, ready for a diagnostic.
  let reason: String
}

extension Merges {
  /// Finds the two parts of each row that a merge makes: what the merges of lower rank make of it.
  ///
  /// - Parameters:
  ///   - rows: The rows that have a rank, in any order.
  ///   - table: All rows.
  /// - Throws: ``MergeError`` if the ranks are not 1, 2, 3, …, or if a row has no two such parts.
  init(_ rows: [RankedRow], in table: borrowing TokenTable) throws(MergeError) {
    self.init()
    var previous = RankedRow(rank: 0, id: 0)
    for row in rows.sorted(by: { ($0.rank, $0.id) < ($1.rank, $1.id) }) {
      if row.rank == previous.rank {
        throw MergeError(
          id: row.id, reason: "rank \(row.rank) again; row \(previous.id + 1) has it")
      }
      guard row.rank == previous.rank + 1 else {
        throw MergeError(
          id: row.id,
          reason: "rank \(row.rank), but no row has rank \(previous.rank + 1); "
            + "merges are numbered 1, 2, 3, ...")
      }
      append(try parts(of: row.id, in: table), into: row.id)
      previous = row
    }
  }

  /// Returns what the merges that are here make of a row, which has to be two parts.
  private func parts(
    of id: UInt32, in table: borrowing TokenTable
  ) throws(MergeError) -> SymbolPair {
    var (symbols, missing): ([UInt32], String?) = ([], nil)
    table.withBytes(of: id) { token in
      forEachUnit(of: token) { unit in
        if let symbol = table.index(of: TokenKey(unit.bytes)) {
          symbols.append(symbol)
        } else {
          missing = missing ?? String(decoding: unit.bytes, as: UTF8.self)
        }
      }
    }
    if let missing {
      throw MergeError(
        id: id, reason: "a merge makes this token, but its character '\(missing)' has no row")
    }
    join(&symbols, from: 0)
    guard symbols.count == 2 else {
      let parts = symbols.count == 1 ? "1 part" : "\(symbols.count) parts"
      throw MergeError(
        id: id,
        reason: "the merges of lower rank leave \(parts) of this token, not the 2 that a merge "
          + "joins; make the vocabulary again with 'vocab bpe'")
    }
    return SymbolPair(left: symbols[0], right: symbols[1])
  }
}
