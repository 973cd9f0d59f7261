package import Kernels

/// A model that writes several texts at a time, as search and sampling see it.
///
/// Texts are numbered from 0; what becomes of one does not depend on the others. A model belongs
/// to one thread.
package protocol StepFunction: AnyObject {
  /// How many texts there may be at a time.
  var textCount: Int { get }

  /// Gives texts a source each, after which they begin anew.
  ///
  /// - Precondition: Every source has at least one token, and no text is named twice.
  func start(_ texts: [Int], sources: [RollingSource])

  /// Advances texts by one token each.
  ///
  /// - Parameters:
  ///   - texts: Which texts, none twice.
  ///   - tokens: The last token of each.
  /// - Returns: A row for each text: ln p of every token of the vocabulary, but for a constant of
  ///   the row. It stands until the next call and may be overwritten.
  func step(_ texts: [Int], tokens: [UInt32]) -> Matrix<Float>

  /// What the last step's attention was: a_i over the tokens of a source, S numbers.
  ///
  /// - Parameter row: The place of the text among those that were advanced.
  /// - Returns: A weight for each of the last S tokens of the source; none if the model has no
  ///   attention. They stand until the next call.
  func attention(row: Int) -> UnsafeBufferPointer<Float>

  /// Makes texts the same as others, sources included.
  ///
  /// - Parameter copies: No text is named twice as `to`, and none is both.
  func copy(_ copies: [TextCopy])
}

/// Which text becomes the same as which.
package struct TextCopy: Equatable, Sendable {
  package let from: Int
  package let to: Int

  package init(from: Int, to: Int) { (self.from, self.to) = (from, to) }
}
