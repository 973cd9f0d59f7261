/// Sources and targets: of running text each sentence with those before it in the same document, or
/// pairs that are given.
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
  /// How many sentences a source has, fewer at the beginning of a document.
  private let contextSentences: Int
  private var sentences: [Sentence] = []
  /// For each pair the places of its source's sentences; the target is the next.
  private var places: [Range<Int>] = []
  /// Lines added so far, empty ones too.
  package private(set) var lineCount = 0
  private let owner: AnyObject?
  /// The place of the document's first sentence.
  private var documentStart = 0
  private var isParagraphOpen = false

  /// Makes an empty list.
  ///
  /// - Parameters:
  ///   - maximumLength: The longest source or target.
  ///   - owner: Whose memory the lines lie in.
  ///   - contextSentences: How many sentences before the target are its source, at least 1.
  package init(maximumLength: Int, owner: AnyObject?, contextSentences: Int = 1) {
    precondition(contextSentences > 0, "a source of \(contextSentences) sentences")
    self.maximumLength = maximumLength
    self.contextSentences = contextSentences
    self.owner = owner
  }

  package var count: Int { places.count }
  package var isEmpty: Bool { places.isEmpty }

  /// Begins a document; no pair reaches across.
  package mutating func startDocument() {
    documentStart = sentences.count
    isParagraphOpen = false
  }

  /// Adds a line of the document: a sentence, or without ids the end of a paragraph.
  package mutating func append(_ line: UnsafeBufferPointer<UInt32>) {
    if line.isEmpty {
      if isParagraphOpen { sentences[sentences.count - 1].endsParagraph = true }
      isParagraphOpen = false
    } else {
      let place = sentences.count
      if place > documentStart {
        places.append(max(documentStart, place - contextSentences)..<place)
      }
      sentences.append(Sentence(ids: line, line: lineCount))
      isParagraphOpen = true
    }
    lineCount += 1
  }

  /// Adds a line that is a pair; no paragraph ends in it.
  ///
  /// - Precondition: Neither is empty.
  package mutating func append(
    source: UnsafeBufferPointer<UInt32>, target: UnsafeBufferPointer<UInt32>
  ) {
    precondition(!source.isEmpty && !target.isEmpty, "half of a pair is empty")
    places.append(sentences.count..<sentences.count + 1)
    sentences.append(Sentence(ids: source, line: lineCount))
    sentences.append(Sentence(ids: target, line: lineCount))
    lineCount += 1
  }

  /// The line, counted from 0, that a pair's target was added as.
  package func targetLine(of number: Int) -> Int { target(of: number).line }

  private func target(of number: Int) -> Sentence { sentences[places[number].upperBound] }

  /// Tokens of a whole source.
  private func sourceLength(of number: Int) -> Int {
    sentences[places[number]].reduce(0) { $0 + $1.length }
  }

  /// The last tokens of a source.
  private func source(of number: Int, last count: Int) -> [UInt32] {
    var skipped = sourceLength(of: number) - count
    var tokens: [UInt32] = []
    tokens.reserveCapacity(count)
    for sentence in sentences[places[number]] {
      let first = min(skipped, sentence.length)
      skipped -= first
      for place in first..<sentence.length { tokens.append(sentence.token(place)) }
    }
    return tokens
  }

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
    let length = min(sourceTokenCount(of: number), maximumSourceLength)
    batch.append(
      source: source(of: number, last: length),
      target: (0..<targetTokenCount(of: number)).lazy.map(target(of: number).token))
  }

  /// Hands out the tokens of a pair's target, as `append(pair:to:)` cuts it.
  package func forEachTargetToken(of number: Int, _ body: (UInt32) -> Void) {
    let target = target(of: number)
    for place in 0..<targetTokenCount(of: number) { body(target.token(place)) }
  }

  /// Target tokens of a pair, `<p>` and `</s>` included.
  package func targetTokenCount(of number: Int) -> Int {
    let length = target(of: number).length
    return length > maximumLength ? maximumLength : length + 1
  }

  /// Source tokens of a pair.
  package func sourceTokenCount(of number: Int) -> Int {
    min(sourceLength(of: number), maximumLength)
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

  /// Pairs whose source is cut.
  package var truncatedSourceCount: Int {
    places.indices.count { sourceLength(of: $0) > maximumLength }
  }

  /// Pairs whose target is cut.
  package var truncatedTargetCount: Int {
    places.indices.count { target(of: $0).length > maximumLength }
  }
}
