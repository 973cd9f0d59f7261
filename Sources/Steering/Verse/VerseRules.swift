package import Seq2Seq

/// Has every sentence be a verse of a given form.
package struct VerseRules: LogitsProcessor {
  private let form: VerseForm
  private let texts: TokenTexts
  /// What the tokens' characters are: each sequence of classes once.
  private let shapes: [[CharacterClass]]
  /// The shape of each token.
  private let shapeNumbers: [UInt32]

  package init(_ form: VerseForm, texts: TokenTexts) {
    (self.form, self.texts) = (form, texts)
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

  package func process(
    _ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext
  ) {
    let text = texts.text(of: context.sentence)
    let begun = Array(text.suffix(unfinishedCount(of: text)))
    guard let place = form.place(after: text.dropLast(begun.count)) else { return }
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
      return shape.allSatisfy { form.pass($0, &place) }
    }
    for id in Int(ReservedID.bytes.upperBound)..<logits.count
    where !fits[Int(shapeNumbers[id])] {
      logits[id] = -.infinity
    }
  }
}
