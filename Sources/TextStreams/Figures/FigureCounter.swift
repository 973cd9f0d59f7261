/// Collects a text, passage by passage, and computes its figures.
///
/// The places of the text are sorted by the tokens that stand from there on, so that equal n-grams
/// lie side by side; a token takes some 13 bytes.
package struct FigureCounter: ~Copyable {
  /// So many that the places of those of one more line are still numbers of 32 bits.
  private static let mostPlaces = 1 << 31

  private var figures = TextFigures()
  /// Numbers the tokens from 0 on.
  private var table = TokenTable()
  /// By a token's number.
  private var characterCounts: [UInt32] = []
  /// The text: tokens as their number plus 1, and zeros where a passage ends.
  private var codes: [UInt32] = []
  /// For each place, how many tokens of its sentence there are from there on, up to the most needed.
  private var reach: [UInt8] = []
  /// Where the passages end.
  private var ends: [Int] = []

  package init() {}

  /// Adds a sentence to the passage.
  ///
  /// - Parameter line: A token line, without its line feed; an empty one is no sentence.
  /// - Throws: ``TokenError``, its offset counted in the line.
  package mutating func append(_ line: UnsafeRawBufferPointer) throws(TokenError) {
    guard codes.count <= Self.mostPlaces else {
      throw TokenError(offset: 0, reason: "too long a text to compare; take a part of it")
    }
    let start = codes.count
    var tokens = LineTokens(line)
    while let token = try tokens.next() {
      do throws(TokenError) {
        codes.append(try number(of: token) + 1)
      } catch {
        throw TokenError(offset: tokens.tokenOffset + error.offset, reason: error.reason)
      }
    }
    for place in start..<codes.count {
      reach.append(UInt8(min(codes.count - place, TextFigures.longestDistinct)))
      figures.characterCount += Int(characterCounts[Int(codes[place]) - 1])
    }
    if codes.count > start { figures.sentenceCount += 1 }
  }

  /// Ends the passage; no n-gram reaches across.
  package mutating func endPassage() {
    ends.append(codes.count)
    for _ in 1..<TextFigures.repeatedLength {
      codes.append(0)
      reach.append(0)
    }
  }

  /// Returns the figures of all passages that were ended.
  package consuming func finish() -> TextFigures {
    var places: [UInt32] = []
    places.reserveCapacity(codes.count)
    for place in codes.indices where codes[place] != 0 { places.append(UInt32(place)) }
    sortPlaces(
      &places, in: codes, codeCount: table.count + 1, depth: TextFigures.repeatedLength)
    let shared = sharedLengths(places)
    figures.distinct = (1...TextFigures.longestDistinct).map { distinct($0, places, shared) }
    figures.repetition = repetition(places, shared)
    return figures
  }

  private mutating func number(
    of token: UnsafeRawBufferPointer
  ) throws(TokenError) -> UInt32 {
    let number = table.add(TokenKey(token), times: 1)
    if Int(number) == characterCounts.count {
      if case .special(let id)? = ReservedToken(token) { throw .special(id) }
      characterCounts.append(UInt32(try TokenEscapes.characterCount(token)))
    }
    return number
  }

  /// How many tokens each place has in common with the one sorted before it, up to the longest
  /// n-gram.
  private borrowing func sharedLengths(_ places: [UInt32]) -> [UInt8] {
    var lengths = [UInt8](repeating: 0, count: places.count)
    for index in places.indices.dropFirst() {
      let (left, right) = (Int(places[index - 1]), Int(places[index]))
      var length = 0
      while length < TextFigures.repeatedLength, codes[left + length] == codes[right + length] {
        length += 1
      }
      lengths[index] = UInt8(length)
    }
    return lengths
  }

  private borrowing func distinct(
    _ length: Int, _ places: [UInt32], _ shared: [UInt8]
  ) -> Double {
    var (different, all) = (0, 0)
    var isCounted = false
    for (place, shared) in zip(places, shared) {
      if shared < length { isCounted = false }
      guard reach[Int(place)] >= length else { continue }
      all += 1
      if !isCounted { different += 1 }
      isCounted = true
    }
    return Double(different) / Double(all)
  }

  private borrowing func repetition(_ places: [UInt32], _ shared: [UInt8]) -> Double {
    let length = TextFigures.repeatedLength
    var different = [Int](repeating: 0, count: ends.count)
    // Equal n-grams lie in the order of their places, so those of a passage side by side.
    var end = 0
    for (place, shared) in zip(places, shared) where codes[Int(place) + length - 1] != 0 {
      if shared < length { end = 0 }
      guard place >= end else { continue }
      let passage = passage(at: Int(place))
      different[passage] += 1
      end = ends[passage]
    }
    var (sum, count) = (0.0, 0)
    var start = 0
    for (end, different) in zip(ends, different) {
      let all = end - start - (length - 1)
      start = end + length - 1
      guard all > 0 else { continue }
      sum += 1 - Double(different) / Double(all)
      count += 1
    }
    return sum / Double(count)
  }

  /// The number of the passage that a place is in.
  private borrowing func passage(at place: Int) -> Int {
    var (low, high) = (0, ends.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if ends[middle] > place { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
