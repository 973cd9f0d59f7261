import Storytelling
import ToolSupport

/// A coauthor who ends sentences at full stops, and numbers what it proposes.
final class StubCoauthor: Coauthor {
  /// What it was asked: the text, and how often before.
  private(set) var questions: [(text: String, number: Int)] = []
  /// What it answers next; `nil` for an interruption.
  var answers: [[Proposal]?] = []
  var longestText = 1000

  func sentences(of text: [UInt8]) -> [StorySentence] {
    var sentences: [StorySentence] = []
    for character in String(decoding: text, as: UTF8.self) {
      if sentences.isEmpty || sentences.last?.text.suffix(3) == ArraySlice("。".utf8) {
        sentences.append(StorySentence(text: [], ids: []))
      }
      sentences[sentences.count - 1].text += String(character).utf8
      sentences[sentences.count - 1].ids += character.unicodeScalars.map(\.value)
    }
    return sentences
  }

  func proposals(after story: Story, number: Int) -> [Proposal]? {
    questions.append((String(decoding: story.text, as: UTF8.self), number))
    if !answers.isEmpty { return answers.removeFirst() }
    return [Self.proposal("\(number)甲。"), Self.proposal("\(number)乙。", endsParagraph: true)]
  }

  static func proposal(_ text: String, endsParagraph: Bool = false) -> Proposal {
    Proposal(
      StorySentence(text: Array(text.utf8), ids: text.unicodeScalars.map(\.value)),
      endsParagraph: endsParagraph)
  }
}

/// A session with the stub, and what it said.
final class Conversation {
  let author = StubCoauthor()
  var session: StorySession<StubCoauthor>
  /// The replies to the last line.
  private(set) var replies: [SessionReply] = []

  init(_ beginning: String = "") {
    var story = Story()
    for paragraph in beginning.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if paragraph.offset > 0 { story.append(.paragraphEnd) }
      for sentence in author.sentences(of: Array(paragraph.element.utf8)) {
        story.append(.sentence(sentence))
      }
    }
    session = StorySession(story, with: author)
  }

  /// Types lines one after the other.
  @discardableResult
  func type(_ lines: String...) -> Conversation {
    for line in lines {
      replies = []
      session.handle(line) { replies.append($0) }
    }
    return self
  }

  func end() {
    replies = []
    session.end { replies.append($0) }
  }

  func begin() {
    replies = []
    session.begin { replies.append($0) }
  }

  var text: String { String(decoding: session.story.text, as: UTF8.self) }

  var proposals: [String] {
    session.proposals.map { String(decoding: $0.sentence.text, as: UTF8.self) }
  }

  /// What was wrong with the last line.
  var mistake: String? {
    for case .mistake(let error) in replies { return error.description }
    return nil
  }

  /// What was noted at the last line.
  var notes: [String] {
    replies.compactMap { reply in
      guard case .note(let note) = reply else { return nil }
      return note
    }
  }
}
