/// Token lines as one row of units: what phrases are made of, and what stands between phrases.
///
/// An ideograph is a unit, and so are letters of other scripts that a token has side by side; these
/// may be parts of a phrase. Everything else stands between phrases: spaces, punctuation, digits,
/// escapes, bytes, and the ends of lines. Each of them is a unit too, as phrases have it beside them.
struct UnitText: ~Copyable, TokenLineVisitor {
  /// The end of a line, which is no byte of a token.
  private static let lineEnd: UInt32 = 0
  /// So many units that the places of those of one more token are still numbers of 32 bits.
  private static let maximumCount = 1 << 31

  /// The units by their places, as numbers; the first and the last are ends of lines.
  private(set) var codes: [UInt32] = []
  /// Whether the unit at a place is the first of its token.
  private(set) var beginsToken: [Bool] = []
  private(set) var tokenCount = 0
  /// How many units may be parts of a phrase.
  private(set) var partCount = 0

  private var table: TokenTable
  /// Whether a unit may be part of a phrase, by its number.
  private var isPart: [Bool]
  private var isAtTokenStart = true

  init() {
    var table = TokenTable()
    let lineEnd: [UInt8] = [0x0A]
    lineEnd.withUnsafeBytes { _ = table.add(TokenKey($0), times: 1) }
    self.table = table
    isPart = [false]
    endLine()
  }

  /// How many different units there are.
  var unitCount: Int { table.count }

  /// Returns whether the unit at a place may be part of a phrase.
  @inline(__always)
  borrowing func isPart(at place: Int) -> Bool { isPart[Int(codes[place])] }

  /// Returns whether a token begins at a place, or nothing there or before it can be part of a phrase.
  borrowing func isTokenEdge(_ place: Int) -> Bool {
    beginsToken[place] || !isPart(at: place) || !isPart(at: place - 1)
  }

  /// Returns the units at some places as they stand in tokens.
  borrowing func bytes(_ places: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    for place in places {
      table.withBytes(of: codes[place]) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  mutating func visit(_ token: TokenKey) throws(TokenLineFailure) {
    guard codes.count <= Self.maximumCount else {
      throw .token(
        TokenError(offset: 0, reason: "too long a text to find phrases in; take a part of it"))
    }
    tokenCount += 1
    isAtTokenStart = true
    switch ReservedToken(token.bytes) {
    case .special(let id)?: throw .token(.special(id))
    case .byte?: append(token.bytes, isPart: false)
    case nil:
      do { try appendUnits(of: token.bytes) } catch { throw .token(error) }
    }
  }

  mutating func endLine() {
    codes.append(Self.lineEnd)
    beginsToken.append(true)
  }

  /// Adds ends of lines, so that a reader may look as far beyond every place.
  mutating func endLines(_ count: Int) {
    for _ in 0..<count { endLine() }
  }

  private mutating func appendUnits(of token: UnsafeRawBufferPointer) throws(TokenError) {
    var units = TokenUnits(token)
    // Where the letters begin that are side by side so far.
    var lettersStart: Int?
    while true {
      let offset = units.offset
      let unit = try units.next()
      let kind = unit?.kind ?? .other
      if kind == .letter {
        lettersStart = lettersStart ?? offset
        continue
      }
      if let start = lettersStart {
        append(UnsafeRawBufferPointer(rebasing: token[start..<offset]), isPart: true)
        lettersStart = nil
      }
      guard let unit else { return }
      append(unit.bytes, isPart: kind == .ideograph)
    }
  }

  private mutating func append(_ bytes: UnsafeRawBufferPointer, isPart isPhrasePart: Bool) {
    let code = table.add(TokenKey(bytes), times: 1)
    if Int(code) == isPart.count { isPart.append(isPhrasePart) }
    codes.append(code)
    beginsToken.append(isAtTokenStart)
    isAtTokenStart = false
    if isPhrasePart { partCount += 1 }
  }
}

extension TokenUnit {
  fileprivate enum Kind {
    case ideograph
    /// A letter of another script, or a mark on one.
    case letter
    case other
  }

  /// What the unit is to phrases.
  fileprivate var kind: Kind {
    guard bytes[0] != UInt8(ascii: "\\"), case .scalar(let value) = content else { return .other }
    switch value {
    case 0x4E00...0x9FFF: return .ideograph
    case 0x41...0x5A, 0x61...0x7A: return .letter
    case ..<0x80: return .other
    default: break
    }
    guard let properties = Unicode.Scalar(value)?.properties else { return .other }
    if properties.isIdeographic { return .ideograph }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark:
      return .letter
    default: return .other
    }
  }
}
