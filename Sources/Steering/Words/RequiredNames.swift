internal import Glibc
package import Seq2Seq

/// Has names appear in a passage, spread over its sentences.
///
/// By the end of each sentence its share of them should have come. While one is missing its tokens
/// are likelier, and the chance that the sentence ends is theirs instead; one that has begun is
/// finished; and before the sentence would be broken off there is nothing else. No name makes the
/// writing fail: where nothing that leads to one is allowed, it waits for the next sentence.
package struct RequiredNames: LogitsProcessor {
  /// How much likelier the tokens of a missing name are, in nats.
  private static let raise = 3.0

  private let texts: TokenTexts
  private let names: [[UInt8]]
  /// Sentences of a passage; where it is not known, each has a name.
  private let sentenceCount: Int?
  private let maximumLength: Int
  private let verse: VerseForm?
  /// Those that have not appeared.
  private var missing: [[UInt8]]

  /// Has names appear.
  ///
  /// - Parameters:
  ///   - names: None twice.
  ///   - sentenceCount: Sentences of a passage, if that is known.
  ///   - maximumLength: The most tokens of a sentence.
  ///   - verse: The form of the sentences, if they are verses.
  ///   - texts: Those of the tokens.
  package init(
    _ names: [[UInt8]], sentenceCount: Int?, maximumLength: Int, verse: VerseForm? = nil,
    texts: TokenTexts
  ) {
    (self.names, missing, self.texts, self.verse) = (names, names, texts, verse)
    (self.sentenceCount, self.maximumLength) = (sentenceCount, maximumLength)
  }

  /// Sums of chances have to be in the range of numbers.
  package var readsProbabilities: Bool { true }

  package mutating func finish(_ sentence: WrittenSentence) {
    let text = texts.text(of: sentence.ids)
    missing.removeAll { place(of: $0, in: text) != nil }
  }

  package func process(
    _ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext
  ) {
    guard !missing.isEmpty else { return }
    let text = texts.text(of: context.sentence)
    let due = due(in: text, sentence: context.sentenceNumber)
    guard !due.isEmpty else { return }
    let begun = rests(of: due, begunIn: context.sentence, text)
    if texts.restrict(logits, to: begun.flatMap(texts.ids(leadingTo:))) { return }
    let place = verse?.place(after: text[...])
    let fitting = due.filter { name in
      verse.flatMap { form in place.map { form.hasRoom(for: name, at: $0) } } ?? true
    }
    let beginnings = fitting + fitting.map { [0x20] + $0 }
    let isLate =
      verse.flatMap { form in place.map { form.isLastChance(of: fitting, at: $0) } }
      ?? (maximumLength - context.sentence.count <= due.reduce(1) { $0 + $1.count })
    if isLate, texts.restrict(logits, to: ids(of: beginnings, texts.ids(leadingTo:))) { return }
    favour(ids(of: beginnings, texts.likelyIds(leadingTo:)), in: logits)
  }

  /// The tokens that lead to names, by their number, so that sums are the same each time.
  private func ids(
    of beginnings: [[UInt8]], _ leading: (ArraySlice<UInt8>) -> [UInt32]
  ) -> [UInt32] {
    // After a space alone the name has not begun.
    Set(beginnings.flatMap { leading($0[...]) }).filter { texts.text(of: $0) != [0x20] }.sorted()
  }

  /// The names that should come before the sentence ends.
  private func due(in text: [UInt8], sentence: Int) -> ArraySlice<[UInt8]> {
    let missing = missing.filter { place(of: $0, in: text) == nil }
    let share =
      sentenceCount.map { count in
        sentence + 1 < count
          ? ((sentence + 1) * names.count + count - 1) / count : names.count
      } ?? min(sentence + 1, names.count)
    return missing.prefix(max(0, share - (names.count - missing.count)))
  }

  /// What is left of the names that the last tokens of a sentence have begun.
  private func rests(
    of names: ArraySlice<[UInt8]>, begunIn sentence: [UInt32], _ text: [UInt8]
  ) -> [ArraySlice<UInt8>] {
    let longest = names.map(\.count).max() ?? 0
    var (rests, start): ([ArraySlice<UInt8>], Int) = ([], text.count)
    for id in sentence.reversed() {
      let token = texts.text(of: id)
      start -= token.count
      // A space may stand before a name, and be of its token.
      let first = token.count > 1 && token.first == 0x20 ? start + 1 : start
      guard text.count - first < longest else { break }
      rests += names.filter { $0.starts(with: text[first...]) }.map {
        $0.dropFirst(text.count - first)
      }
    }
    return rests
  }

  /// Makes tokens likelier, and gives them the chance of the sentence's end.
  private func favour(_ ids: [UInt32], in logits: UnsafeMutableBufferPointer<Float>) {
    func chance(_ id: UInt32) -> Double { exp(Double(logits[Int(id)])) }
    let ends = [ReservedID.end, ReservedID.paragraph]
    let before = ids.reduce(0) { $0 + chance($1) }
    guard before > 0 else { return }
    let after = ends.reduce(exp(Self.raise) * before) { $0 + chance($1) }
    for id in ids { logits[Int(id)] += Float(log(after) - log(before)) }
    for id in ends { logits[Int(id)] = -.infinity }
  }
}
