/// Whoever writes a story together with a person.
package protocol Coauthor {
  /// Cuts text into sentences.
  ///
  /// - Parameter text: Text without a line feed; not empty.
  /// - Returns: The sentences, at least one, whose texts in a row are the text.
  func sentences(of text: [UInt8]) -> [StorySentence]

  /// Proposes what could come next.
  ///
  /// - Parameters:
  ///   - story: The story so far, which has a sentence.
  ///   - number: How often was asked before; decides what is drawn, together with the story.
  /// - Returns: The proposals, the best first; `nil` if somebody interrupted.
  func proposals(after story: Story, number: Int) -> [Proposal]?
}
