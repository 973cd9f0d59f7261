/// A story as far as it is written.
package struct Story: Equatable, Sendable {
  /// What a story is made of.
  package enum Part: Equatable, Sendable {
    case sentence(StorySentence)
    /// A line feed of the text.
    case paragraphEnd
  }

  package private(set) var parts: [Part] = []

  package init() {}

  package mutating func append(_ part: Part) { parts.append(part) }

  /// Takes the last parts away.
  package mutating func removeLast(_ count: Int) { parts.removeLast(count) }

  /// The last sentence, also if its paragraph has ended; `nil` if there is none.
  package var lastSentence: StorySentence? {
    for part in parts.reversed() {
      if case .sentence(let sentence) = part { return sentence }
    }
    return nil
  }

  package var sentenceCount: Int { parts.count { $0 != .paragraphEnd } }

  /// The text, with a line feed at each paragraph's end.
  package var text: [UInt8] { Self.text(of: parts[...]) }

  /// The text of the last paragraphs.
  ///
  /// - Parameter count: How many, at least 1.
  /// - Returns: Their text, from the start of the first of them.
  package func text(ofLastParagraphs count: Int) -> [UInt8] {
    var left = count
    var start = parts.endIndex
    while start > 0 {
      // The end of the last paragraph ends nothing that is behind it.
      if parts[start - 1] == .paragraphEnd, start < parts.endIndex {
        left -= 1
        if left == 0 { break }
      }
      start -= 1
    }
    return Self.text(of: parts[start...])
  }

  private static func text(of parts: ArraySlice<Part>) -> [UInt8] {
    var text: [UInt8] = []
    for part in parts {
      switch part {
      case .sentence(let sentence): text += sentence.text
      case .paragraphEnd: text.append(UInt8(ascii: "\n"))
      }
    }
    return text
  }
}
