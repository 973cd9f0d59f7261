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
  ///   - covers: Longer names; where one of these stands by itself, the name is a part of it.
  ///   - ends: Where it may end.
  /// - Returns: Whether there is such a place.
  func has(
    _ name: [UInt8], outside covers: [[UInt8]] = [], endingIn ends: ClosedRange<Int> = 0...Int.max
  ) -> Bool {
    var next = max(0, ends.lowerBound - name.count)
    while let start = place(of: name, in: bytes, from: next), start + name.count <= ends.upperBound
    {
      if isApart(start, start + name.count),
        !covers.contains(where: { isPart(name, start, of: $0) })
      {
        return true
      }
      next = start + 1
    }
    return false
  }

  /// Whether a name that stands somewhere is a part of a longer one.
  private func isPart(_ name: [UInt8], _ start: Int, of cover: [UInt8]) -> Bool {
    var next = 0
    while let offset = place(of: name, in: cover, from: next) {
      let first = start - offset
      if first >= 0, bytes[first...].starts(with: cover), isWord(first, first + cover.count) {
        return true
      }
      next = offset + 1
    }
    return false
  }

  /// What would make a name that has just come a part of a longer one.
  ///
  /// - Parameters:
  ///   - cover: The longer one.
  ///   - name: A part of it.
  /// - Returns: What is left of the longer one, for each way in which it may have come so far.
  func rests(of cover: [UInt8], behind name: [UInt8]) -> [ArraySlice<UInt8>] {
    guard let start = place(of: name, in: cover) else { return [] }
    return (start + name.count..<cover.count).filter { ends(with: cover[..<$0]) }.map {
      cover[$0...]
    }
  }

  /// Whether a name would be the end of a longer one.
  ///
  /// - Parameters:
  ///   - cover: The longer one.
  ///   - name: What comes, or has begun to come.
  ///   - start: Where it begins; the end of the text unless it has begun.
  /// - Returns: Whether the text before it is the beginning of the longer one.
  func wouldEnd(_ cover: [UInt8], with name: [UInt8], from start: Int? = nil) -> Bool {
    cover.count > name.count && cover.suffix(name.count).elementsEqual(name)
      && bytes[..<(start ?? bytes.count)].suffix(cover.count - name.count)
        .elementsEqual(cover.dropLast(name.count))
  }

  private func ends(with text: ArraySlice<UInt8>) -> Bool {
    bytes.suffix(text.count).elementsEqual(text)
  }

  /// Whether the sentence ends in a name that stands by itself.
  func ends(in name: [UInt8]) -> Bool {
    ends(with: name[...]) && isApart(bytes.count - name.count, bytes.count)
  }

  /// Whether nothing lengthens what stands somewhere by letters of a script with spaces.
  private func isWord(_ start: Int, _ end: Int) -> Bool {
    !TextEdge.areJoined(bytes[..<start], bytes[start...])
      && !TextEdge.areJoined(bytes[..<end], bytes[end...])
  }

  private func isApart(_ start: Int, _ end: Int) -> Bool {
    let (before, after) = (bytes[..<start], bytes[end...])
    return isWord(start, end) && (!TextEdge.endsInLetter(before) || isStart(start))
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
  /// - Parameters:
  ///   - names: The names that may have begun.
  ///   - covers: Those that have others in them.
  /// - Returns: What is left of those that the last tokens have begun, but not within another.
  func rests(
    of names: some Collection<[UInt8]>, outside covers: NameCovers
  ) -> [ArraySlice<UInt8>] {
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
      for name in names where name.count > begun.count && name.starts(with: begun) {
        let isPart = covers[name].contains { wouldEnd($0, with: name, from: first) }
        if !isPart { rests.append(name.dropFirst(begun.count)) }
      }
    }
    return rests
  }
}
