/// What a line means that a writer has typed.
package enum SessionCommand: Equatable, Sendable {
  /// Write this.
  case text([UInt8])
  /// Take a proposal, by its number from 1 on.
  case take(Int)
  /// Put a proposal into the line that is being edited.
  case edit(Int)
  /// Propose something else.
  case propose
  case undo
  /// End the paragraph, or go on with it after all.
  case paragraph
  /// Print the story, or its last paragraphs.
  case list(paragraphs: Int?)
  /// Save the story: where it was saved last, if no file is named.
  case save(path: String?, replaces: Bool)
  case quit(discards: Bool)
  case help
  /// What is no command and hardly a sentence: one character, a number, a command with a number that
  /// it cannot have.
  case unknown(String)

  /// Reads a line.
  ///
  /// - Parameter line: Without its line feed.
  package init(_ line: String) {
    if line.first == "+" {
      self = .text(Array(line.utf8.dropFirst()))
    } else if line.unicodeScalars.allSatisfy(\.isBlank) {
      self = .take(1)
    } else if let command = Self(character: line) ?? Self(withNumber: line) ?? Self(word: line) {
      self = command
    } else {
      self = .text(Array(line.utf8))
    }
  }

  /// The line that is read as this text, whatever it begins with.
  package static func line(for text: String) -> String {
    SessionCommand(text) == .text(Array(text.utf8)) ? text : "+\(text)"
  }

  /// Reads a command of one character.
  private init?(character line: String) {
    let scalars = trimmedEnd(line.unicodeScalars[...])
    guard let scalar = scalars.first?.ofHalfWidth, scalars.count == 1,
      (0x21...0x7E).contains(scalar.value)
    else { return nil }
    switch scalar {
    case "1"..."9": self = .take(Int(scalar.value) - 0x30)
    case "r": self = .propose
    case "u": self = .undo
    case "p": self = .paragraph
    case "l": self = .list(paragraphs: nil)
    case "w": self = .save(path: nil, replaces: false)
    case "q": self = .quit(discards: false)
    case "?": self = .help
    case "e": self = .edit(1)
    default: self = .unknown(String(scalars))
    }
  }

  /// Reads a command that a number follows, or a number.
  private init?(withNumber line: String) {
    let scalars = trimmedEnd(line.unicodeScalars[...])
    guard let first = scalars.first?.ofHalfWidth else { return nil }
    let isBare = first.isDigit
    let digits = isBare ? scalars : scalars.dropFirst().drop(while: \.isBlank)
    guard isBare || first == "e" || first == "l", !digits.isEmpty,
      digits.allSatisfy(\.ofHalfWidth.isDigit)
    else { return nil }
    let number = Int(String(String.UnicodeScalarView(digits.map(\.ofHalfWidth)))) ?? .max
    switch first {
    case "e" where (1...9).contains(number): self = .edit(number)
    case "l" where (1...999_999).contains(number): self = .list(paragraphs: number)
    default: self = .unknown(String(scalars))
    }
  }

  private init?(word line: String) {
    let scalars = line.unicodeScalars
    switch scalars.first {
    case "q" where String(trimmedEnd(scalars[...])) == "q!": self = .quit(discards: true)
    case "w":
      let replaces = scalars.dropFirst().first == "!"
      let rest = scalars.dropFirst(replaces ? 2 : 1)
      guard rest.isEmpty || rest.first == " " else { return nil }
      let path = String(trimmedEnd(rest.drop { $0 == " " }) { $0 == " " })
      self = .save(path: path.isEmpty ? nil : path, replaces: replaces)
    default: return nil
    }
  }
}

/// Scalars without those at their end that are no part of what was meant.
private func trimmedEnd(
  _ scalars: Substring.UnicodeScalarView, of isDropped: (Unicode.Scalar) -> Bool = \.isBlank
) -> Substring.UnicodeScalarView {
  var trimmed = scalars
  while let last = trimmed.last, isDropped(last) { trimmed.removeLast() }
  return trimmed
}

extension Unicode.Scalar {
  fileprivate var isBlank: Bool { self == " " || self == "\t" || self == "\u{3000}" }

  fileprivate var isDigit: Bool { ("0"..."9").contains(self) }

  /// The ASCII character of which this is the form of full width, as many Chinese input methods have
  /// it; itself, if it is no such form.
  fileprivate var ofHalfWidth: Unicode.Scalar {
    (0xFF01...0xFF5E).contains(value) ? Unicode.Scalar(value - 0xFEE0) ?? self : self
  }
}

extension SessionCommand {
  /// What a writer may type, a line each.
  package static let helpText = """
    text     write it: a sentence, or several
    Enter    take the first proposal
    1 … 9    take that proposal
    e 2      put proposal 2 into the line, to change it
    r        propose others
    u        undo the last of these, one after the other
    p        end the paragraph, or go on with it after all
    l        print the story; l 3, its last three paragraphs
    w FILE   save the story as text; w alone, where it was saved last
    w! FILE  the same, in place of a file that this session did not write
    q        quit; q! without saving
    +text    write what would be a command, or a lone number
    ?        print this
    """
}
