/// The tokens of a vocabulary made elsewhere, as they are read.
struct ImportedTokens: ~Copyable {
  /// Reserved tokens that were read.
  private(set) var reservedCount = 0

  private let name: String
  private let isText: Bool
  /// The tokens that are not reserved, in the order in which they were first read.
  private var table = TokenTable()
  /// For each of them, where it belongs among the others, and its count.
  private var places: [Int] = []
  private var counts: [Int] = []
  /// For each reserved token its count, if it was read.
  private var reservedCounts = [Int?](repeating: nil, count: ReservedToken.count)

  /// Creates an empty list.
  ///
  /// - Parameters:
  ///   - name: The file's name in diagnostics.
  ///   - isText: Whether tokens are text, to be escaped, and not those of token lines.
  init(name: String, isText: Bool) {
    self.name = name
    self.isText = isText
  }

  /// How many tokens there are that are not reserved.
  var count: Int { table.count }

  /// Adds a token.
  ///
  /// - Parameters:
  ///   - bytes: The token as it stands in the file.
  ///   - count: How often it was seen.
  ///   - place: Where it belongs among the others.
  ///   - line: Its line, for diagnostics.
  ///   - column: Its first column.
  ///   - isOverwriting: Whether it may take the place of the same token read before.
  /// - Throws: ``StreamError`` if it is no token, or comes twice.
  mutating func add(
    _ bytes: UnsafeRawBufferPointer, count: Int, place: Int, line: Int, column: Int = 1,
    isOverwriting: Bool = false
  ) throws(StreamError) {
    if bytes.isEmpty { throw malformed("expected a token", line, column) }
    let twice = "token '\(String(decoding: bytes, as: UTF8.self))' appears twice; remove one"
    if let reserved = ReservedToken(bytes) {
      let id = Int(reserved.id)
      if reservedCounts[id] != nil, !isOverwriting { throw malformed(twice, line, column) }
      if reservedCounts[id] == nil { reservedCount += 1 }
      reservedCounts[id] = count
      return
    }
    let token: [UInt8]
    do throws(TokenError) { token = try self.token(bytes) } catch {
      throw malformed(error.reason, line, column + error.offset)
    }
    let index = token.withUnsafeBytes { table.index(of: TokenKey($0)) }
    guard let index else {
      token.withUnsafeBytes { _ = table.add(TokenKey($0), times: 1) }
      places.append(place)
      counts.append(count)
      return
    }
    guard isOverwriting else { throw malformed(twice, line, column) }
    places[Int(index)] = place
    counts[Int(index)] = count
  }

  /// Returns the token of token lines for one in the file.
  private func token(_ bytes: UnsafeRawBufferPointer) throws(TokenError) -> [UInt8] {
    var offset = 0
    while offset < bytes.count {
      let scalar = decodeScalar(UnsafeRawBufferPointer(rebasing: bytes[offset...]))
      if scalar.value == nil { throw TokenError(offset: offset, reason: "not valid UTF-8") }
      offset += scalar.length
    }
    let token = isText ? tokenOfPiece(bytes) : Array(bytes)
    if token.count > LineTokens.maximumTokenLength {
      throw TokenError(offset: 0, reason: LineTokens.longTokenReason)
    }
    guard !isText else { return token }
    let hint = "; if the tokens are text and not those of token lines, import them with --text"
    if let space = bytes.firstIndex(of: 0x20) {
      throw TokenError(offset: space, reason: "a token holds no space" + hint)
    }
    do throws(TokenError) {
      _ = try TokenEscapes.characterCount(bytes)
    } catch {
      throw TokenError(offset: error.offset, reason: error.reason + hint)
    }
    return token
  }

  private func malformed(_ reason: String, _ line: Int, _ column: Int) -> StreamError {
    StreamError(stream: name, line: line, column: column, problem: .malformed(reason))
  }

  /// Writes the vocabulary: the reserved rows, then the tokens in their places.
  ///
  /// - Parameter writer: Where to; the caller flushes it.
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  func write(to writer: ByteWriter) throws(StreamError) {
    var text = VocabularyText(writer)
    for id in 0..<ReservedToken.count {
      try text.addRow(ReservedToken(id: UInt32(id))?.bytes ?? [], reservedCounts[id] ?? 0)
    }
    for index in places.indices.sorted(by: { places[$0] < places[$1] }) {
      let count = counts[index]
      try table.withBytes(of: UInt32(index)) { (token) throws(StreamError) in
        try text.addRow(token, count)
      }
    }
    try text.finish()
  }
}
