package import Seq2Seq

/// Has names appear in a passage, spread over its sentences.
///
/// By the end of each sentence its share of them should have come. While one is missing its tokens
/// are likelier, and the chance of what would end the sentence, final marks included, is theirs
/// instead; one that has begun is finished; and before the sentence would be broken off there is
/// nothing else. No name makes the writing fail: where nothing that leads to one is allowed, it waits
/// for the next sentence.
package struct RequiredNames: LogitsProcessor {
  private let tokens: NameTokens
  private let names: [[UInt8]]
  private let covers: NameCovers
  /// Where passages end, as far as it is known.
  private let limits: Limits
  /// Those that have not appeared in a sentence that is finished.
  private var missing: [[UInt8]]
  /// The sentence that comes next, and the paragraphs that have ended.
  private var (sentence, paragraphs) = (0, 0)
  /// As far as the sentence is written.
  private var text = SentenceText()
  private var verse: VerseProgress?
  /// Those of the missing that do not end where what comes next changes nothing.
  private var open: [[UInt8]]

  /// Where passages end.
  package struct Limits: Sendable {
    /// The most sentences of a passage.
    var sentences: Int?
    /// Paragraphs of it.
    var paragraphs: Int?
    /// Whether it may have fewer sentences.
    var areSentencesOpen: Bool
    /// The most tokens of a sentence.
    var maximumLength: Int

    /// Takes limits.
    ///
    /// - Parameters:
    ///   - plan: That of the passages.
    ///   - maximumLength: The most tokens of a sentence.
    package init(_ plan: PassagePlan, maximumLength: Int) {
      (sentences, paragraphs) = (plan.sentences, plan.paragraphs)
      areSentencesOpen =
        sentences == nil || paragraphs != nil || plan.characters != nil || !plan.stops.isEmpty
      self.maximumLength = maximumLength
    }
  }

  /// Has names appear.
  ///
  /// - Parameters:
  ///   - names: None twice.
  ///   - limits: Where passages end.
  ///   - verse: The form of the sentences, if they are verses.
  ///   - texts: Those of the tokens.
  package init(
    _ names: [[UInt8]], limits: Limits, verse: VerseForm? = nil, texts: TokenTexts
  ) {
    (self.names, missing, open, self.limits) = (names, names, names, limits)
    (self.verse, tokens) = (verse.map(VerseProgress.init), NameTokens(texts))
    covers = NameCovers(names)
  }

  /// Sums of chances have to be in the range of numbers.
  package var readsProbabilities: Bool { true }

  /// The last place at which it is decided whether a name ends there.
  private var decided: Int { text.bytes.count - covers.longest - SentenceText.reach }

  package mutating func append(_ id: UInt32) {
    let before = decided
    let token = tokens.text(of: id)
    text.append(token)
    verse?.append(token)
    guard decided > max(before, 0) else { return }
    let ends = max(before, 0)...decided
    open = open.filter { !text.has($0, outside: covers[$0], endingIn: ends) }
  }

  package mutating func finish(_ written: WrittenSentence) {
    let before = missing.count
    let text = tokens.text(of: written.ids)
    missing = missing.filter { !text.has($0, outside: covers[$0]) }
    sentence += 1
    // When each has been asked for, a sentence without any shows that no more will come; nothing else
    // would let the passage end.
    if limits.sentences == nil, sentence > names.count, missing.count == before { missing = [] }
    if written.endsParagraph { paragraphs += 1 }
    open = missing
  }

  package func process(
    _ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext
  ) {
    guard !missing.isEmpty else { return }
    let ends = max(decided, 0)...Int.max
    let missing = open.filter { !text.has($0, outside: covers[$0], endingIn: ends) }
    keepApart(in: logits, missing: missing)
    if !missing.isEmpty, paragraphs + 1 == limits.paragraphs {
      tokens.keepParagraph(in: logits)
    }
    let due = due(of: missing)
    guard !due.isEmpty else { return }
    if tokens.finish(text.rests(of: due, outside: covers), in: logits) { return }
    let separate = due.filter { name in !covers[name].contains { text.wouldEnd($0, with: name) } }
    if separate.isEmpty { return tokens.wait(in: logits) }
    let fitting = separate.filter { verse?.hasRoom(for: $0) ?? true }
    let isLate =
      verse?.isLastChance(of: fitting)
      ?? (limits.maximumLength - context.sentence.count <= NameTokens.room(for: due))
    if isLate, tokens.force(fitting, after: text, in: logits) { return }
    tokens.favour(fitting, after: text, in: logits)
  }

  /// Keeps what comes next from making a name that has come a part of something else.
  ///
  /// - Parameters:
  ///   - logits: ln p of every token.
  ///   - missing: The names that are still to come, for which shorter ones may go on.
  private func keepApart(in logits: UnsafeMutableBufferPointer<Float>, missing: [[UInt8]]) {
    for name in self.missing where text.ends(in: name) {
      tokens.goOn(after: name, text, in: logits)
    }
    for name in open {
      for cover in covers[name] where !missing.contains(cover) {
        tokens.avoid(text.rests(of: cover, behind: name), in: logits)
      }
    }
  }

  /// The names that should come before the sentence ends.
  ///
  /// - Parameter missing: Those that have not come.
  /// - Returns: The first of them, as many as its share wants.
  private func due(of missing: [[UInt8]]) -> ArraySlice<[UInt8]> {
    var share = limits.areSentencesOpen ? min(sentence + 1, names.count) : 0
    if let count = limits.sentences {
      share = max(
        share,
        sentence + 1 < count ? ((sentence + 1) * names.count + count - 1) / count : names.count)
    }
    return missing.prefix(max(0, share - (names.count - missing.count)))
  }
}
