internal import Kernels

/// A sentence that was written.
package struct WrittenSentence: Equatable, Sendable {
  /// Its tokens, without `<p>` and `</s>`.
  package var ids: [UInt32] = []
  /// Whether its paragraph ends with it.
  package var endsParagraph = false
  /// Whether it was stopped at the greatest length and not by the model.
  package var isCut = false
}

/// What a passage is to go on from.
package struct Prompt: Sendable {
  /// Its last sentences; not empty.
  package var source: RollingSource
  /// Decides the choices, together with the seed.
  package var number: Int

  package init(source: RollingSource, number: Int) {
    self.source = source
    self.number = number
  }

  /// Takes one sentence as a prompt.
  package init(source sentence: [UInt32], number: Int) {
    source = RollingSource(limit: 1)
    source.append(sentence)
    self.number = number
  }
}

/// A passage that is being written, sentence by sentence; the last are the source of the next.
struct Passage {
  /// The last token, which the model is fed next.
  private(set) var last = ReservedID.start
  /// The sentences before the one that is being written.
  private(set) var source: RollingSource
  private var sentence = WrittenSentence()
  private var spelling = ByteSpelling()
  private var generator: Philox

  init(after prompt: Prompt, seed: UInt64) {
    source = prompt.source
    generator = Philox(key: seed, stream: RandomStream.sampling(prompt: prompt.number))
  }

  /// Chooses the next token.
  ///
  /// - Parameters:
  ///   - logits: ln p of every token, but for a constant; overwritten.
  ///   - sampler: How tokens are chosen.
  ///   - maximumLength: The most tokens of a sentence.
  /// - Returns: The sentence, if it is finished.
  mutating func advance(
    _ logits: UnsafeMutableBufferPointer<Float>, sampler: Sampler, maximumLength: Int
  ) -> WrittenSentence? {
    forbid(in: logits)
    last = sampler.choose(from: UnsafeBufferPointer(logits), using: &generator)
    if last == ReservedID.end { return finish() }
    if last == ReservedID.paragraph {
      sentence.endsParagraph = true
      return finish()
    }
    if sentence.ids.count >= maximumLength && !spelling.isInsideCharacter {
      sentence.isCut = true
      return finish()
    }
    spelling.append(last)
    sentence.ids.append(last)
    return nil
  }

  /// Rules out what may not stand there: no sentence is empty, no character is left unfinished, and
  /// `<pad>`, `<unk>` and `<s>` are never written.
  private func forbid(in logits: UnsafeMutableBufferPointer<Float>) {
    for id in [ReservedID.padding, ReservedID.unknown, ReservedID.start] {
      logits[Int(id)] = -.infinity
    }
    if sentence.ids.isEmpty || spelling.isInsideCharacter {
      logits[Int(ReservedID.end)] = -.infinity
      logits[Int(ReservedID.paragraph)] = -.infinity
    }
    for id in ReservedID.bytes where !spelling.allows(id) { logits[Int(id)] = -.infinity }
    if spelling.isInsideCharacter {
      let words = Int(ReservedID.bytes.upperBound)
      logits[words...].update(repeating: -.infinity)
    }
  }

  private mutating func finish() -> WrittenSentence {
    let finished = sentence
    source.append(finished.ids)
    if finished.endsParagraph { source.endParagraph() }
    sentence = WrittenSentence()
    spelling = ByteSpelling()
    last = ReservedID.start
    return finished
  }
}
