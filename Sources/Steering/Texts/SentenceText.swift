internal import TextStreams

/// The text of a sentence, and where in it the tokens begin.
struct SentenceText: Sendable {
  /// The most bytes behind a name that tell whether it stands by itself: a character.
  static let reach = 4

  private(set) var bytes: [UInt8] = []
  /// In rising order.
  private var starts: [Int] = []

  init() {}

  /// Takes the texts of the tokens.
  init(_ tokens: some Sequence<some Collection<UInt8>>) {
    for token in tokens { append(token) }
  }

  /// Goes on with the text of a token.
  mutating func append(_ token: some Collection<UInt8>) {
    starts.append(bytes.count)
    bytes += token
  }

  /// Whether a name stands somewhere by itself, and is no part of a longer word.
  ///
  /// A token that has a letter of it has no letter beside it, and letters of scripts that put spaces
  /// between words do not touch it.
  ///
  /// - Parameters:
  ///   - name: Not empty.
  ///   - ends: Where it may end.
  func has(_ name: [UInt8], endingIn ends: ClosedRange<Int> = 0...Int.max) -> Bool {
    var next = max(0, ends.lowerBound - name.count)
    while let start = place(of: name, in: bytes, from: next), start + name.count <= ends.upperBound
    {
      if isApart(start, start + name.count) { return true }
      next = start + 1
    }
    return false
  }

  /// Whether the sentence ends in a name that stands by itself.
  func ends(in name: [UInt8]) -> Bool {
    bytes.count >= name.count && bytes[(bytes.count - name.count)...].elementsEqual(name)
      && isApart(bytes.count - name.count, bytes.count)
  }

  private func isApart(_ start: Int, _ end: Int) -> Bool {
    let (before, after) = (bytes[..<start], bytes[end...])
    if TextEdge.areJoined(before, bytes[start...]) || TextEdge.areJoined(bytes[..<end], after) {
      return false
    }
    return (!TextEdge.endsInLetter(before) || isStart(start))
      && (!TextEdge.beginsWithLetter(after) || isStart(end))
  }

  private func isStart(_ place: Int) -> Bool {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low < starts.count && starts[low] == place
  }

  /// What has come of a name, or a space before it, since the beginning of a token.
  ///
  /// - Parameter names: The names that may have begun.
  /// - Returns: What is left of those that the last tokens have begun.
  func rests(of names: some Collection<[UInt8]>) -> [ArraySlice<UInt8>] {
    let longest = names.map(\.count).max() ?? 0
    var rests: [ArraySlice<UInt8>] = []
    for place in starts.indices.reversed() {
      let start = starts[place]
      let end = place + 1 < starts.count ? starts[place + 1] : bytes.count
      // A space may stand before a name, and be of its token.
      let first = end - start > 1 && bytes[start] == 0x20 ? start + 1 : start
      let begun = bytes[first...]
      guard begun.count < longest else { break }
      guard !begun.isEmpty, !TextEdge.areJoined(bytes[..<first], begun) else { continue }
      rests += names.filter { $0.count > begun.count && $0.starts(with: begun) }.map {
        $0.dropFirst(begun.count)
      }
    }
    return rests
  }
}
