package import TextStreams

/// Words that a text is not to be cut inside of.
package struct UserDictionary: Sendable {
  /// The longest word, in bytes of text; a longer token would be cut anyhow.
  package static let longestWord = LineBuilder.longestWord

  let automaton: WordAutomaton

  /// Reads dictionaries, each a word a line; tokenize(1) has the format.
  ///
  /// - Parameter paths: The files. What a later one says of a word holds.
  /// - Throws: ``StreamError`` at the first line that is wrong.
  package init(reading paths: [String]) throws(StreamError) {
    var reader = DictionaryReader()
    for path in paths { try reader.read(InputFile(path: path)) }
    automaton = WordAutomaton(reader.words)
  }

  /// Takes words as they are.
  init(_ words: WordList) { automaton = WordAutomaton(words) }
}
