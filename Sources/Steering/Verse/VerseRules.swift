package import Seq2Seq

/// Has every sentence be a verse of a given form.
package struct VerseRules: LogitsProcessor {
  private let texts: TokenTexts
  /// What the tokens' characters are: each sequence of classes once.
  private let shapes: [[CharacterClass]]
  /// The shape of each token.
  private let shapeNumbers: [UInt32]
  private var progress: VerseProgress

  package init(_ form: VerseForm, texts: TokenTexts) {
    (self.texts, progress) = (texts, VerseProgress(form))
    var (shapes, numbers): ([[CharacterClass]], [[CharacterClass]: UInt32]) = ([], [:])
    shapeNumbers = (0..<UInt32(texts.count)).map { id in
      let shape = CharacterClass.classes(of: texts.text(of: id))
      if let number = numbers[shape] { return number }
      numbers[shape] = UInt32(shapes.count)
      shapes.append(shape)
      return UInt32(shapes.count - 1)
    }
    self.shapes = shapes
  }

  package mutating func append(_ id: UInt32) { progress.append(texts.text(of: id)) }

  package func process(
    _ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext
  ) {
    guard let place = progress.place else { return }
    let (form, begun) = (progress.form, progress.begun)
    if begun.isEmpty { forbidTokens(in: logits, at: place) }
    for id in ReservedID.bytes {
      let bytes = begun + texts.text(of: id)
      let fits = CharacterClass.classes(begunBy: bytes).contains { character in
        var place = place
        return form.pass(character, &place)
      }
      if !fits { logits[Int(id)] = -.infinity }
    }
    if !begun.isEmpty || !form.isComplete(place) {
      logits[Int(ReservedID.end)] = -.infinity
      logits[Int(ReservedID.paragraph)] = -.infinity
    }
  }

  /// Forbids the tokens, but for those of single bytes, whose characters do not fit.
  private func forbidTokens(
    in logits: UnsafeMutableBufferPointer<Float>, at place: VerseForm.Place
  ) {
    let fits = shapes.map { shape in
      var place = place
      return shape.allSatisfy { progress.form.pass($0, &place) }
    }
    for id in Int(ReservedID.bytes.upperBound)..<logits.count
    where !fits[Int(shapeNumbers[id])] {
      logits[id] = -.infinity
    }
  }
}
