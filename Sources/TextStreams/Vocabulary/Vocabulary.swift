internal import CZlib

/// Tokens and their ids: five special tokens, 256 byte tokens, then those of a text.
///
/// There is no unknown text: a token that is not here is spelled, as its characters where those are
/// here, else as bytes; where the vocabulary has merges, they join the characters to larger pieces.
/// Tokens are compared as bytes.
package struct Vocabulary: Sendable {
  /// The vocabulary as it stands in a file, a line feed at the end.
  package let text: [UInt8]
  /// How often each id is in the text that the vocabulary was made of.
  package let counts: [Int]
  /// The CRC-32 of ``text``, to tell vocabularies apart.
  package let fingerprint: UInt32

  private let rows: Rows
  private let characterCounts: [UInt16]
  /// What joins the characters of a token that is spelled.
  let merges: Merges

  /// The table, shared by all copies of the vocabulary.
  private final class Rows: Sendable {
    /// Safe: nothing changes it once it is here.
    nonisolated(unsafe) let table: TokenTable

    init(_ table: consuming TokenTable) { self.table = table }
  }

  /// Takes over what was read or built, row by row; the table counted each row's token.
  init(
    table: consuming TokenTable, characterCounts: [UInt16], merges: Merges, text: [UInt8]
  ) {
    counts = (0..<UInt32(table.count)).map { table.occurrences(of: $0) }
    rows = Rows(table)
    self.characterCounts = characterCounts
    self.merges = merges
    self.text = text
    fingerprint = checksum(of: text)
  }

  /// How many ids there are.
  package var count: Int { rows.table.count }

  /// How many of them merges make.
  package var mergeCount: Int { merges.count }

  /// Returns the id of a token, or `nil` if it is to be spelled.
  ///
  /// - Parameter token: The bytes of one token.
  /// - Returns: Its row, counted from 0.
  package func id(of token: UnsafeRawBufferPointer) -> UInt32? {
    token.isEmpty ? nil : id(of: TokenKey(token))
  }

  /// Returns the id of a token, or `nil` if it is to be spelled.
  @inline(__always)
  func id(of key: TokenKey) -> UInt32? { rows.table.index(of: key) }

  /// Returns the bytes of a token.
  ///
  /// - Parameter id: Below ``count``.
  /// - Returns: The token as it stands in token lines.
  package func tokenBytes(_ id: UInt32) -> ArraySlice<UInt8> {
    rows.table.bytes[rows.table.range(of: id)]
  }

  /// Returns how many characters of text an id stands for.
  ///
  /// - Parameter id: Below ``count``.
  /// - Returns: 1 for an escape, 0 for a special token and for a byte that continues a character.
  package func characterCount(_ id: UInt32) -> Int { Int(characterCounts[Int(id)]) }
}

extension Vocabulary: Equatable {
  package static func == (left: Vocabulary, right: Vocabulary) -> Bool {
    left.fingerprint == right.fingerprint && left.text == right.text
  }
}

/// Returns the CRC-32 of bytes, as zlib computes it.
func checksum(of bytes: [UInt8]) -> UInt32 {
  bytes.withUnsafeBytes { checksum(of: $0, continuing: 0) }
}

/// Returns the CRC-32 of what `crc` covers followed by `bytes`.
func checksum(of bytes: UnsafeRawBufferPointer, continuing crc: UInt32) -> UInt32 {
  let start = bytes.bindMemory(to: UInt8.self).baseAddress
  // zlib takes a null pointer as the wish for a first value.
  guard let start else { return crc }
  return UInt32(truncatingIfNeeded: crc32_z(UInt(crc), start, bytes.count))
}
