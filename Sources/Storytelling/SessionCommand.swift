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
  /// A character that is no command and hardly a sentence.
  case unknown(String)

  /// Reads a line.
  ///
  /// - Parameter line: Without its line feed.
  package init(_ line: String) {
    if line.first == "+" {
      self = .text(Array(line.utf8.dropFirst()))
    } else if line.unicodeScalars.allSatisfy({ " \t\u{3000}".unicodeScalars.contains($0) }) {
      self = .take(1)
    } else if let command = Self(character: line) ?? Self(withArgument: line) {
      self = command
    } else {
      self = .text(Array(line.utf8))
    }
  }

  /// The line that is read as this text, whatever it begins with.
  package static func line(for text: String) -> String {
    SessionCommand(text) == .text(Array(text.utf8)) ? text : "+\(text)"
  }

  /// Reads a command of one character, which may be of full width as many Chinese input methods
  /// have it.
  private init?(character line: String) {
    guard let scalar = line.unicodeScalars.first, line.unicodeScalars.count == 1 else { return nil }
    let isFullWidth = (0xFF01...0xFF5E).contains(scalar.value)
    let value = isFullWidth ? scalar.value - 0xFEE0 : scalar.value
    guard (0x21...0x7E).contains(value), let character = Unicode.Scalar(value) else { return nil }
    switch character {
    case "1"..."9": self = .take(Int(value) - 0x30)
    case "r": self = .propose
    case "u": self = .undo
    case "p": self = .paragraph
    case "l": self = .list(paragraphs: nil)
    case "w": self = .save(path: nil, replaces: false)
    case "q": self = .quit(discards: false)
    case "?": self = .help
    case "e": self = .edit(1)
    default: self = .unknown(line)
    }
  }

  private init?(withArgument line: String) {
    let scalars = line.unicodeScalars
    let argument = Self.trimmed(scalars.dropFirst())
    switch scalars.first {
    case "q" where line == "q!": self = .quit(discards: true)
    case "e":
      guard let digit = argument.first?.value, argument.count == 1, (0x31...0x39).contains(digit)
      else { return nil }
      self = .edit(Int(digit) - 0x30)
    case "l":
      guard argument.count <= 6, argument.allSatisfy({ ("0"..."9").contains($0) }),
        let count = Int(String(argument)), count > 0
      else { return nil }
      self = .list(paragraphs: count)
    case "w":
      let replaces = scalars.dropFirst().first == "!"
      let rest = scalars.dropFirst(replaces ? 2 : 1)
      guard rest.isEmpty || rest.first == " " else { return nil }
      let path = String(Self.trimmed(rest))
      self = .save(path: path.isEmpty ? nil : path, replaces: replaces)
    default: return nil
    }
  }

  private static func trimmed(
    _ scalars: Substring.UnicodeScalarView
  ) -> Substring.UnicodeScalarView {
    var trimmed = scalars.drop { $0 == " " }
    while trimmed.last == " " { trimmed.removeLast() }
    return trimmed
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
    +text    write what would be a command
    ?        print this
    """
}
