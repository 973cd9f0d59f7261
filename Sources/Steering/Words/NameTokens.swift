internal import Glibc
internal import Seq2Seq

/// The tokens that lead to names, made likelier or the only ones, and those that spoil them.
struct NameTokens: Sendable {
  /// How much likelier the tokens of a missing name are, in nats.
  private static let raise = 3.0
  /// The least that their chance is of that of all others behind a mark.
  private static let odds = 3.0
  private static let ends = [ReservedID.end, ReservedID.paragraph]

  private let texts: TokenTexts
  /// The tokens that end as sentences do.
  private let finals: [UInt32]
  /// Those that are commas.
  private let commas: [UInt32]
  /// The tokens that begin with what would lengthen a word which has spaces around it.
  private let joining: [UInt32]

  init(_ texts: TokenTexts) {
    self.texts = texts
    let ids = 0..<UInt32(texts.count)
    finals = ids.filter { TextEdge.endsSentence(texts.text(of: $0)) }
    commas = ids.filter { [[0x2C], Array("，".utf8)].contains(Array(texts.text(of: $0))) }
    // A byte may begin a letter that has cases, but for those that ideographs begin with.
    joining = ids.filter { id in
      let text = texts.text(of: id)
      if text.count == 1, let byte = text.first, byte >= 0x80 {
        return !(0xE3...0xE9).contains(byte)
      }
      return TextEdge.beginsInSpacedWord(text)
    }
  }

  /// The text of a token.
  func text(of id: UInt32) -> ArraySlice<UInt8> { texts.text(of: id) }

  /// The text of a sentence.
  func text(of sentence: [UInt32]) -> SentenceText {
    SentenceText(sentence.lazy.map(texts.text(of:)))
  }

  /// The most tokens that names need, and the end: bytes, and spaces before those that want some.
  static func room(for names: some Sequence<[UInt8]>) -> Int {
    names.reduce(1) { $0 + $1.count + (TextEdge.beginsInSpacedWord($1[...]) ? 1 : 0) }
  }

  /// Allows nothing but what names that have begun go on with.
  ///
  /// - Parameters:
  ///   - rests: What is left of each.
  ///   - logits: ln p of every token.
  /// - Returns: Whether anything was allowed; otherwise nothing is changed.
  func finish(
    _ rests: [ArraySlice<UInt8>], in logits: UnsafeMutableBufferPointer<Float>
  ) -> Bool {
    texts.restrict(logits, to: rests.flatMap { ids(spelling: $0, isWhole: false) })
  }

  /// Allows nothing but what names begin with.
  ///
  /// - Returns: As for those that have begun.
  func force(
    _ names: some Collection<[UInt8]>, after text: SentenceText,
    in logits: UnsafeMutableBufferPointer<Float>
  ) -> Bool {
    texts.restrict(logits, to: beginnings(of: names, after: text, areWhole: false))
  }

  /// Makes what names begin with likelier, and has nothing end the sentence before.
  ///
  /// Within a clause a comma has the chance of what would end it. Behind one, or a mark of another
  /// kind, a name is what most likely comes, so that names begin clauses more often than they stand
  /// in the way. Where no comma can be, a name has the chance; but behind a final mark not that of the
  /// end, as the sentence would end after it.
  func favour(
    _ names: some Collection<[UInt8]>, after text: SentenceText,
    in logits: UnsafeMutableBufferPointer<Float>
  ) {
    var ids = beginnings(of: names, after: text, areWhole: true)
    if logSum(ids, logits) == -.infinity {
      ids = beginnings(of: names, after: text, areWhole: false)
    }
    guard logSum(ids, logits) > -.infinity else { return }
    let own = Set(ids)
    let endings = Self.ends + finals.filter { !own.contains($0) }
    let isEnded = TextEdge.endsSentence(text.bytes[...])
    let taken = logSum(isEnded ? endings.dropFirst(Self.ends.count) : endings[...], logits)
    for id in endings { logits[Int(id)] = -.infinity }
    for id in ids { logits[Int(id)] += Float(Self.raise) }
    let isInClause = TextEdge.endsInLetter(text.bytes[...])
    give(taken, to: isInClause && logSum(commas, logits) > -.infinity ? commas : ids, in: logits)
    // Behind a colon a quotation has more of a claim.
    guard !isInClause, !text.bytes.isEmpty, !TextEdge.endsInColon(text.bytes[...]) else { return }
    let others = logSum((0..<UInt32(logits.count)).lazy.filter { !own.contains($0) }, logits)
    let missing = others + log(Self.odds) - logSum(ids, logits)
    if missing > 0 { for id in ids { logits[Int(id)] += Float(missing) } }
  }

  /// Gives tokens a chance beyond that which they have, in proportion to it.
  private func give(
    _ chance: Double, to ids: [UInt32], in logits: UnsafeMutableBufferPointer<Float>
  ) {
    let before = logSum(ids, logits)
    let change = Float(logSum(before, chance) - before)
    for id in ids { logits[Int(id)] += change }
  }

  /// Forbids what would complete some text.
  ///
  /// - Parameters:
  ///   - rests: What is left of it, in each way in which it may have begun.
  ///   - logits: ln p of every token.
  func avoid(_ rests: [ArraySlice<UInt8>], in logits: UnsafeMutableBufferPointer<Float>) {
    for rest in rests {
      var ids: [UInt32] = []
      texts.forEach(beginningWith: rest) { ids.append($0) }
      forbid(ids, in: logits)
    }
  }

  /// Forbids what would make another word of a name that has just come, or end a sentence with it
  /// behind the final mark of one.
  func goOn(
    after name: [UInt8], _ text: SentenceText, in logits: UnsafeMutableBufferPointer<Float>
  ) {
    if TextEdge.endsInSpacedWord(name[...]) { forbid(joining, in: logits) }
    if TextEdge.endsSentence(text.bytes.dropLast(name.count)) { forbid(Self.ends, in: logits) }
  }

  /// Has nothing end the sentence, as a name can come one token later.
  func wait(in logits: UnsafeMutableBufferPointer<Float>) {
    forbid(Self.ends + finals, in: logits)
  }

  /// Has a sentence end where its paragraph would.
  func keepParagraph(in logits: UnsafeMutableBufferPointer<Float>) {
    logits[Int(ReservedID.end)] = Float(logSum(Self.ends[...], logits))
    logits[Int(ReservedID.paragraph)] = -.infinity
  }

  /// Forbids tokens, unless nothing else is allowed.
  private func forbid(_ ids: [UInt32], in logits: UnsafeMutableBufferPointer<Float>) {
    let before = ids.map { logits[Int($0)] }
    for id in ids { logits[Int(id)] = -.infinity }
    guard logits.allSatisfy({ $0 == -.infinity }) else { return }
    for (id, value) in zip(ids, before) { logits[Int(id)] = value }
  }

  /// The tokens that names begin with, or a space before them, by their number, so that sums are the
  /// same each time.
  private func beginnings(
    of names: some Collection<[UInt8]>, after text: SentenceText, areWhole: Bool
  ) -> [UInt32] {
    var found: Set<UInt32> = []
    for name in names {
      let spaced = ids(spelling: ([0x20] + name)[...], isWhole: areWhole)
      if TextEdge.areJoined(text.bytes[...], name[...]) {
        found.formUnion(spaced)
      } else {
        // After a space alone the name has not begun.
        found.formUnion(spaced.filter { texts.text(of: $0) != [0x20] })
        found.formUnion(ids(spelling: name[...], isWhole: areWhole))
      }
    }
    return found.sorted()
  }

  /// The tokens that a text may go on with so that a name comes to stand by itself.
  ///
  /// - Parameters:
  ///   - rest: What is left of the name, or all of it.
  ///   - isWhole: Whether bytes are left out where there are other tokens.
  /// - Returns: Those that are the beginning of it, or all of it and no letter more.
  private func ids(spelling rest: ArraySlice<UInt8>, isWhole: Bool) -> [UInt32] {
    let ids = texts.ids(leadingTo: rest).filter {
      !TextEdge.beginsWithLetter(texts.text(of: $0).dropFirst(rest.count))
    }
    return isWhole ? TokenTexts.likely(ids) : ids
  }

  /// ln Σ e^x of some tokens' numbers x; −∞ where all are forbidden.
  private func logSum(
    _ ids: some Sequence<UInt32>, _ logits: UnsafeMutableBufferPointer<Float>
  ) -> Double {
    ids.reduce(-.infinity) { logSum($0, Double(logits[Int($1)])) }
  }

  /// ln (e^x + e^y).
  private func logSum(_ x: Double, _ y: Double) -> Double {
    let largest = max(x, y)
    return largest == -.infinity ? largest : largest + log1p(exp(min(x, y) - largest))
  }
}
