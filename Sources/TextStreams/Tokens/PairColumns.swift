/// The two columns of a line: a source, a tab and a target.
package struct PairColumns {
  package let source: UnsafeRawBufferPointer
  package let target: UnsafeRawBufferPointer
  /// Where in the line the target begins.
  package let targetOffset: Int

  /// Divides a line.
  ///
  /// - Parameter line: The line without its line feed, text or tokens.
  /// - Throws: ``TokenError`` unless there are two columns and neither is empty; a carriage return
  ///   alone is nothing.
  package init(_ line: UnsafeRawBufferPointer) throws(TokenError) {
    guard let tab = line.firstIndex(of: Self.tab) else {
      throw TokenError(
        offset: 0,
        reason: Self.isEmpty(line)
          ? "empty line; every line is a pair, leave this one out"
          : "1 column; a pair has two, a source and a target with a tab between")
    }
    source = UnsafeRawBufferPointer(rebasing: line[..<tab])
    target = UnsafeRawBufferPointer(rebasing: line[(tab + 1)...])
    targetOffset = tab + 1
    if let second = target.firstIndex(of: Self.tab) {
      let count = line.count { $0 == Self.tab } + 1
      throw TokenError(
        offset: targetOffset + second,
        reason: "\(count) columns; a pair has two, which 'cut -f 1,2' would leave")
    }
    for (name, column, offset) in [("source", source, 0), ("target", target, targetOffset)]
    where Self.isEmpty(column) {
      throw TokenError(
        offset: offset, reason: "the \(name) is empty; complete the pair or leave the line out")
    }
  }

  private static let tab = UInt8(ascii: "\t")

  private static func isEmpty(_ column: UnsafeRawBufferPointer) -> Bool {
    column.isEmpty || column.count == 1 && column[0] == UInt8(ascii: "\r")
  }
}
