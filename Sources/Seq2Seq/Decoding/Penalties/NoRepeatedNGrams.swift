/// Forbids the tokens that would write an n-gram of a window once more.
///
/// N-grams run over the ends of sentences, as the text does. Those that end with the end of a
/// paragraph or with a byte of a spelled character may come again.
///
/// Source: Paulus, Xiong and Socher (2018), section 2.5, for trigrams.
package struct NoRepeatedNGrams: LogitsProcessor {
  /// n, at least 1.
  private let size: Int
  /// How many of the last tokens count.
  private let window: Int

  package init(size: Int, window: Int) {
    precondition(size > 0, "n-grams of \(size) tokens")
    (self.size, self.window) = (size, window)
  }

  package func process(
    _ logits: UnsafeMutableBufferPointer<Float>, in context: borrowing WritingContext
  ) {
    let ids = context.last(window)
    guard ids.count >= size else { return }
    let beginning = ids.suffix(size - 1)
    for last in (size - 1)..<ids.count {
      let id = ids[last]
      guard id.isRepeatable, id < logits.count,
        ids[(last - size + 1)..<last].elementsEqual(beginning)
      else { continue }
      logits[Int(id)] = -.infinity
    }
  }
}
