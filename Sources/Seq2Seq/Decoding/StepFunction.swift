/// A model as search and sampling see it: from tokens and states to the next tokens' chances.
package protocol StepFunction: Sendable {
  /// What the model knows about each of several texts.
  associatedtype State

  /// Reads a source, for one text to be written.
  ///
  /// - Precondition: The source has at least one token.
  func start(source: [UInt32]) -> State

  /// Advances every text by one token.
  ///
  /// - Parameters:
  ///   - ids: The last token of each text.
  ///   - state: What is known of the texts before it; becomes what is known after.
  /// - Returns: ln p of every token of the vocabulary for each text, one row after the other.
  func step(_ ids: [UInt32], _ state: inout State) -> [Float]
}
