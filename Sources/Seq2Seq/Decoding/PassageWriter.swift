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

/// Writes a passage sentence by sentence; each is the source of the next.
package struct PassageWriter<Model: StepFunction>: Sendable {
  private let model: Model
  private let sampler: Sampler
  /// The most tokens of a sentence.
  private let maximumLength: Int
  /// The most tokens of a source.
  private let maximumSourceLength: Int
  private var generator: Philox
  private var source: [UInt32]

  /// Prepares to go on after a prompt.
  ///
  /// - Parameters:
  ///   - source: The prompt's last sentence, `<p>` included; not empty.
  ///   - model: What gives the tokens' chances.
  ///   - sampler: How tokens are chosen.
  ///   - maximumLength: The most tokens of a sentence.
  ///   - maximumSourceLength: The most tokens of a source; what is before is not seen.
  ///   - seed: Decides the choices, together with `number`.
  ///   - number: The prompt's number.
  package init(
    after source: [UInt32], model: Model, sampler: Sampler, maximumLength: Int,
    maximumSourceLength: Int, seed: UInt64, number: Int
  ) {
    self.source = source
    self.model = model
    self.sampler = sampler
    self.maximumLength = maximumLength
    self.maximumSourceLength = maximumSourceLength
    generator = Philox(key: seed, stream: RandomStream.sampling(prompt: number))
  }

  /// Writes the next sentence.
  package mutating func next() -> WrittenSentence {
    var sentence = WrittenSentence()
    var state = model.start(source: source.suffix(maximumSourceLength))
    var last = ReservedID.start
    var spelling = ByteSpelling()
    while true {
      let chances = model.step([last], &state)
      last = choose(from: chances, isFirst: sentence.ids.isEmpty, spelling: spelling)
      if last == ReservedID.end { break }
      if last == ReservedID.paragraph {
        sentence.endsParagraph = true
        break
      }
      if sentence.ids.count >= maximumLength && !spelling.isInsideCharacter {
        sentence.isCut = true
        break
      }
      spelling.append(last)
      sentence.ids.append(last)
    }
    source = sentence.ids + (sentence.endsParagraph ? [ReservedID.paragraph] : [])
    return sentence
  }

  /// Chooses a token that may stand there: no sentence is empty, no character is left unfinished,
  /// and `<pad>`, `<unk>` and `<s>` are never written.
  private mutating func choose(
    from chances: [Float], isFirst: Bool, spelling: ByteSpelling
  ) -> UInt32 {
    sampler.choose(
      from: chances,
      where: { id in
        switch id {
        case ReservedID.padding, ReservedID.unknown, ReservedID.start: false
        case ReservedID.end, ReservedID.paragraph: !isFirst && !spelling.isInsideCharacter
        default: spelling.allows(id)
        }
      }, using: &generator)
  }
}
