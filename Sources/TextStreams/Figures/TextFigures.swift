/// Figures of a text by itself, whatever a model makes of it.
package struct TextFigures: Equatable, Sendable {
  /// The longest n-grams within sentences that are counted.
  package static let longestDistinct = 3
  /// The length of the n-grams whose repetition is counted.
  package static let repeatedLength = 4

  /// Lines that are not empty.
  package var sentenceCount = 0
  /// Characters of the sentences.
  package var characterCount = 0
  /// For n from 1 to ``longestDistinct``, the different n-grams of tokens within sentences divided by
  /// all of them; not a number where there is none.
  ///
  /// Source: distinct-1 and distinct-2 of Li et al. (2016), section 5.
  package var distinct: [Double] = []
  /// 1 − (different 4-grams / all 4-grams) of a passage, its sentences joined; the mean over the
  /// passages that have 4 tokens, not a number where none has.
  ///
  /// Source: seq-rep-4 of Welleck et al. (2020), equation 8.
  package var repetition = Double.nan

  /// The mean length of a sentence, in characters.
  package var sentenceCharacters: Double { Double(characterCount) / Double(sentenceCount) }
}
