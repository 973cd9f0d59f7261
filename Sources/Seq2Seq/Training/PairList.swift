/// The pairs of running text: each sentence with the one after it in the same document.
///
/// Lines are not copied; the list keeps the owner of their memory alive.
///
/// `@unchecked Sendable`: the lines are only read.
package struct PairList: @unchecked Sendable {
  /// A sentence's ids, and whether its paragraph ends after it.
  private struct Sentence {
    let ids: UnsafeBufferPointer<UInt32>
    let line: Int
    var endsParagraph = false

    /// Tokens with `<p>`, without `</s>`.
    var length: Int { ids.count + (endsParagraph ? 1 : 0) }

    /// The token at a place; `<p>` follows the ids if the paragraph ends, then `</s>`.
    func token(_ place: Int) -> UInt32 {
      if place < ids.count { return ids[place] }
      return endsParagraph && place == ids.count ? ReservedID.paragraph : ReservedID.end
    }
  }

  /// Longest source or target, `<p>` included, `</s>` not.
  package let maximumLength: Int
  /// Longer than any sentence that fits in memory.
  package static let unlimited = Int.max / 2
  private var sentences: [Sentence] = []
  /// For each pair the place of its source; the target is the next.
  private var places: [Int] = []
  /// Lines added so far, empty ones too.
  package private(set) var lineCount = 0
  private let owner: AnyObject?
  private var isDocumentOpen = false
  private var isParagraphOpen = false

  /// Makes an empty list.
  ///
  /// - Parameters:
  ///   - maximumLength: The longest source or target.
  ///   - owner: Whose memory the lines lie in.
  package init(maximumLength: Int, owner: AnyObject?) {
    self.maximumLength = maximumLength
    self.owner = owner
  }

  package var count: Int { places.count }
  package var isEmpty: Bool { places.isEmpty }

  /// Begins a document; no pair reaches across.
  package mutating func startDocument() {
    isDocumentOpen = false
    isParagraphOpen = false
  }

  /// Adds a line of the document: a sentence, or without ids the end of a paragraph.
  package mutating func append(_ line: UnsafeBufferPointer<UInt32>) {
    if line.isEmpty {
      if isParagraphOpen { sentences[sentences.count - 1].endsParagraph = true }
      isParagraphOpen = false
    } else {
      if isDocumentOpen { places.append(sentences.count - 1) }
      sentences.append(Sentence(ids: line, line: lineCount))
      isDocumentOpen = true
      isParagraphOpen = true
    }
    lineCount += 1
  }

  /// The line, counted from 0, that a pair's target was added as.
  package func targetLine(of number: Int) -> Int { sentences[places[number] + 1].line }

  /// Appends a pair to a batch.
  ///
  /// A source that is too long loses its beginning, a target its end, and then `</s>` as well,
  /// because the sentence did not end there.
  ///
  /// - Parameters:
  ///   - number: The pair.
  ///   - batch: Where to append it.
  ///   - maximumSourceLength: A further limit on the source.
  package func append(
    pair number: Int, to batch: inout Batch, maximumSourceLength: Int = unlimited
  ) {
    let (source, target) = (sentences[places[number]], sentences[places[number] + 1])
    let sourceLength = min(sourceTokenCount(of: number), maximumSourceLength)
    batch.append(
      source: ((source.length - sourceLength)..<source.length).lazy.map(
        source.token),
      target: (0..<targetTokenCount(of: number)).lazy.map(target.token))
  }

  /// Hands out the tokens of a pair's target, as `append(pair:to:)` cuts it.
  package func forEachTargetToken(of number: Int, _ body: (UInt32) -> Void) {
    let target = sentences[places[number] + 1]
    for place in 0..<targetTokenCount(of: number) { body(target.token(place)) }
  }

  /// Target tokens of a pair, `<p>` and `</s>` included.
  package func targetTokenCount(of number: Int) -> Int {
    let length = sentences[places[number] + 1].length
    return length > maximumLength ? maximumLength : length + 1
  }

  /// Source tokens of a pair.
  package func sourceTokenCount(of number: Int) -> Int {
    min(sentences[places[number]].length, maximumLength)
  }

  /// The first pairs alone, as many as there are up to `count`.
  package func prefix(_ count: Int) -> PairList {
    var list = self
    list.places = Array(places.prefix(count))
    return list
  }

  /// Target tokens of all pairs.
  package var tokenCount: Int {
    places.indices.reduce(0) { $0 + targetTokenCount(of: $1) }
  }

  /// Pairs of which the source or the target is cut.
  package var truncatedCount: Int {
    places.count {
      sentences[$0].length > maximumLength || sentences[$0 + 1].length > maximumLength
    }
  }
}
