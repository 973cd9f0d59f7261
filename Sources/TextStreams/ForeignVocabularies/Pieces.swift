internal import Glibc

/// Returns the text of a token as SentencePiece writes it: as it is, but `▁` for a space.
///
/// - Parameter token: A token that is not reserved.
/// - Returns: `nil` for what a line of text cannot hold, or what would mean something else there.
func piece(of token: ArraySlice<UInt8>) -> [UInt8]? {
  token.withUnsafeBytes { token in
    var piece: [UInt8] = []
    var units = TokenUnits(token)
    while let unit = (try? units.next()) ?? nil {
      switch unit.content {
      case .byte: return nil
      case .scalar(let scalar):
        switch scalar {
        case 0, 0x09, 0x0A, 0x0D, 0x2581: return nil
        case 0x20: appendUTF8(0x2581, to: &piece)
        default: appendUTF8(scalar, to: &piece)
        }
      }
    }
    return piece
  }
}

/// Returns the token that a piece of text is written as, in which `▁` stands for a space.
func tokenOfPiece(_ piece: UnsafeRawBufferPointer) -> [UInt8] {
  let mark: [UInt8] = [0xE2, 0x96, 0x81]
  var text: [UInt8] = []
  var index = 0
  while index < piece.count {
    if piece[index] == mark[0], piece[index...].starts(with: mark) {
      text.append(0x20)
      index += mark.count
    } else {
      text.append(piece[index])
      index += 1
    }
  }
  var token: [UInt8] = []
  text.withUnsafeBytes { TokenEscapes.escape($0, into: &token) }
  return token
}

/// The scores of pieces.
///
/// As SentencePiece's word model has them, they are logarithms of shares; a count of 0 is taken for
/// half a one. With merges they are those of its model of byte pair encoding: 0 for what the first
/// merge makes, one less for each merge after it, then for each character. Without any counts too a
/// score says how many pieces come before.
struct PieceScores {
  private let total: Double
  /// For what merges make, how many come before it.
  private let places: [UInt32: Int]
  private var next: Int

  /// Begins before the first piece that is not reserved.
  init(_ vocabulary: Vocabulary) {
    let counts = vocabulary.counts.dropFirst(ReservedToken.count)
    total = counts.reduce(0.0) { $0 + Double($1) }
    let pieces = vocabulary.merges.pieces
    places = Dictionary(uniqueKeysWithValues: pieces.enumerated().map { ($1, $0) })
    next = pieces.count
  }

  /// Returns the score of the next piece.
  mutating func score(of id: UInt32, count: Int) -> Double {
    if let place = places[id] { return -Double(place) }
    defer { next += 1 }
    guard places.isEmpty, total > 0 else { return -Double(next) }
    return log((count > 0 ? Double(count) : 0.5) / total)
  }
}

/// Returns a number with six significant digits, as C's `%g` and C++'s streams write it.
func general(_ value: Double) -> String {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
    // Not -0.
    let count = withVaList([value == 0 ? 0 : value]) {
      vsnprintf(buffer.baseAddress, buffer.count, "%g", $0)
    }
    return String(
      decoding: buffer.prefix(max(Int(count), 0)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
