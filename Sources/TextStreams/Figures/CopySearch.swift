/// Finds what of a text stands in other texts word for word, wherever tokens begin in either.
///
/// The text that is judged becomes an automaton, along which the others go once: the memory they take
/// does not grow, and the time is linear in both.
package struct CopySearch {
  /// What was found.
  package struct Findings: Equatable, Sendable {
    /// The share of sentences that stand in the others as a whole; not a number without sentences.
    package var copiedSentences: Double
    /// The characters of the longest run that the others have too.
    package var longestRun: Int
  }

  /// So many that the automaton's states and edges are still numbers of 32 bits.
  private static let mostCharacters = 1 << 30
  /// The end of a document, which the other texts do not have.
  private static let documentEnd: UInt32 = 0x11_0100
  private static let lineFeed: UInt32 = 0x0A

  private var automaton = SubstringAutomaton()
  private var text: [UInt32] = []
  /// Where the sentences are, spaces in front of them left out.
  private var sentences: [Range<Int>] = []
  /// For each state the most characters of one of its strings that the other texts have.
  private var copied: [UInt32] = []
  /// The longest suffix of what was read of another text that the text has, as a state and a length.
  private var state = SubstringAutomaton.root
  private var length: UInt32 = 0
  private var characters = LineCharacters()

  package init() {}

  /// Adds a line of the text that is judged; an empty one is the end of a paragraph.
  ///
  /// - Parameter line: A token line, without its line feed.
  /// - Throws: ``TokenError``, its offset counted in the line.
  package mutating func append(_ line: UnsafeRawBufferPointer) throws(TokenError) {
    let values = line.isEmpty ? [Self.lineFeed] : try characters.values(of: line)
    guard text.count + values.count <= Self.mostCharacters else {
      throw TokenError(
        offset: 0, reason: "too long a text to look for copies in; take a part of it")
    }
    let start = text.count
    values.forEach { append($0) }
    guard !line.isEmpty else { return }
    let spaces = values.prefix { $0 == 0x20 }.count
    sentences.append(start + (spaces < values.count ? spaces : 0)..<text.count)
  }

  /// Ends a document; nothing is copied across.
  package mutating func endDocument() { append(Self.documentEnd) }

  /// Looks for copies from another text; to be called when the texts that are judged are complete.
  ///
  /// - Parameters:
  ///   - file: Token lines, which are read once.
  ///   - searches: The texts that are judged.
  /// - Throws: ``StreamError`` at the first line that is wrong.
  package static func search(
    _ file: consuming InputFile, for searches: inout [CopySearch]
  ) throws(StreamError) {
    for index in searches.indices { searches[index].startDocument() }
    var lines = LineReader(file, expandsGzip: true)
    try lines.expectTokenLines()
    var characters = LineCharacters()
    while let line = try lines.next() {
      let values: [UInt32]
      do throws(TokenError) {
        values = line.isEmpty ? [lineFeed] : try characters.values(of: line)
      } catch {
        throw lines.malformed(error)
      }
      for index in searches.indices {
        for value in values { searches[index].advance(value) }
      }
    }
  }

  /// Returns what was found.
  package func findings() -> Findings {
    let copied = copiedLengths()
    let count = sentences.count { isCopied($0, copied) }
    return Findings(
      copiedSentences: Double(count) / Double(sentences.count),
      longestRun: Int(copied.max() ?? 0))
  }

  private mutating func append(_ character: UInt32) {
    text.append(character)
    automaton.append(character)
  }

  /// Begins a document of another text.
  private mutating func startDocument() {
    copied += Array(repeating: 0, count: automaton.stateCount - copied.count)
    (state, length) = (SubstringAutomaton.root, 0)
  }

  /// Goes on by a character of another text to the longest of its suffixes that the text has.
  @inline(__always)
  private mutating func advance(_ character: UInt32) {
    while true {
      if let next = automaton.next(after: state, character) {
        state = next
        length += 1
        copied[Int(next)] = max(copied[Int(next)], length)
        return
      }
      if state == SubstringAutomaton.root { return }
      state = automaton.link(of: state)
      length = automaton.length(of: state)
    }
  }

  /// Returns, for each state, the most characters that were copied of one of its strings, those that
  /// were part of a longer copy included.
  private func copiedLengths() -> [UInt32] {
    var copied = copied
    for state in statesByFallingLength() where copied[Int(state)] > 0 {
      let link = automaton.link(of: state)
      copied[Int(link)] = automaton.length(of: link)
    }
    return copied
  }

  private func statesByFallingLength() -> [UInt32] {
    var starts = [UInt32](repeating: 0, count: text.count + 2)
    let states = 0..<UInt32(copied.count)
    func rank(_ state: UInt32) -> Int { text.count - Int(automaton.length(of: state)) }
    for state in states { starts[rank(state) + 1] += 1 }
    for index in starts.indices.dropFirst() { starts[index] += starts[index - 1] }
    var sorted = [UInt32](repeating: 0, count: copied.count)
    for state in states {
      sorted[Int(starts[rank(state)])] = state
      starts[rank(state)] += 1
    }
    return sorted
  }

  private func isCopied(_ sentence: Range<Int>, _ copied: [UInt32]) -> Bool {
    var state = SubstringAutomaton.root
    for character in text[sentence] {
      guard let next = automaton.next(after: state, character) else {
        preconditionFailure("the automaton lacks a sentence of its text")
      }
      state = next
    }
    return !copied.isEmpty && copied[Int(state)] >= sentence.count
  }
}
