/// Whoever writes a story together with a person.
package protocol Coauthor {
  /// The most bytes of text that it cuts at a time.
  var longestText: Int { get }

  /// Cuts text into sentences.
  ///
  /// - Parameter text: Text without a line feed; not empty, and not longer than ``longestText``.
  /// - Returns: The sentences, at least one, whose texts in a row are the text.
  func sentences(of text: [UInt8]) -> [StorySentence]

  /// Proposes what could come next.
  ///
  /// - Parameters:
  ///   - story: The story so far, which has a sentence.
  ///   - number: How often was asked before; decides what is drawn, together with the story.
  /// - Returns: The proposals, in the order in which they are to be shown; `nil` if somebody interrupted.
  func proposals(after story: Story, number: Int) -> [Proposal]?
}
