/// A row of an n-best list: a prompt's number, a score and a token line, with tabs between.
package struct NBestRow {
  /// The prompt's number, counted from 1.
  package let number: Int
  /// The token line of one of its answers; not empty.
  package let tokens: UnsafeRawBufferPointer
  /// Where in the row the tokens begin.
  package let tokensOffset: Int

  /// Divides a row.
  ///
  /// - Parameter line: The row without its line feed.
  /// - Throws: ``TokenError`` unless there are three columns, and they are what they should be; the
  ///   tokens are not looked into.
  package init(_ line: UnsafeRawBufferPointer) throws(TokenError) {
    guard !line.isEmpty else {
      throw TokenError(offset: 0, reason: "empty line; every line is a row, leave this one out")
    }
    let tab = UInt8(ascii: "\t")
    let columns = line.split(separator: tab, omittingEmptySubsequences: false)
    guard columns.count == 3 else {
      throw TokenError(
        offset: columns.count < 3 ? 0 : columns[3].startIndex,
        reason:
          "\(columns.count) column\(columns.count == 1 ? "" : "s"); a row of an n-best list has "
          + "three, a prompt's number, a score and tokens, as 'generate --n-best' writes them")
    }
    guard let number = decimalCount(columns[0]), number > 0 else {
      throw TokenError(
        offset: 0, reason: "expected the number of a prompt, counted from 1, before the first tab")
    }
    guard decimalNumber(UnsafeRawBufferPointer(rebasing: columns[1])) != nil else {
      throw TokenError(
        offset: columns[1].startIndex, reason: "expected a score, a decimal, after the first tab")
    }
    guard !columns[2].isEmpty else {
      throw TokenError(
        offset: columns[2].startIndex, reason: "expected tokens after the second tab")
    }
    self.number = number
    tokens = UnsafeRawBufferPointer(rebasing: columns[2])
    tokensOffset = columns[2].startIndex
  }
}
