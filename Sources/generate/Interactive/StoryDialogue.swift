import Glibc
import Storytelling
import TextStreams
import ToolSupport

/// A session on a terminal, or one whose lines come through a pipe.
struct StoryDialogue {
  private var session: StorySession<ModelCoauthor>
  private let screen: StoryScreen
  private let key: InterruptKey?
  private let commands: any CommandSource
  private var isOver = false
  /// What the next line is to begin with.
  private var beginning: String?

  /// Prepares a session.
  ///
  /// - Parameters:
  ///   - session: The story and its author.
  ///   - writer: Where the replies go.
  ///   - key: The interrupt key, where a person sits at a terminal.
  /// - Throws: ``StreamError`` if the standard input cannot be read.
  init(
    _ session: StorySession<ModelCoauthor>, writer: ByteWriter, key: InterruptKey?
  ) throws(StreamError) {
    (self.session, self.key) = (session, key)
    screen = StoryScreen(writer, isTerminal: key != nil)
    if let key, let editor = LineEditor(key: key) {
      commands = editor
    } else {
      commands = try PlainCommands(key: key)
    }
  }

  /// Whether a person sits at a terminal, and not a program at a pipe.
  static var isOnTerminal: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  /// Reads lines and does what they say, until the writer quits.
  ///
  /// What ends a session at a terminal in another way leaves the story in a file.
  ///
  /// - Throws: What is wrong with a line that did not come from a terminal, ``Interrupted``, or
  ///   ``StreamError`` if reading or writing fails.
  mutating func run() throws {
    do {
      try followAll()
    } catch {
      if key != nil, session.isUnsaved {
        let path = session.rescue()
        Generate.complain(
          path.map { "the story is saved in \($0)" } ?? "the story could not be saved anywhere")
      }
      // A terminal that goes away may be met by a read or a write first.
      try endIfWanted()
      throw error
    }
  }

  private mutating func followAll() throws {
    if key != nil { try screen.say("'?' lists what can be typed") }
    try session.begin { [self] in try show($0) }
    while !isOver {
      try screen.flush()
      try endIfWanted()
      let typed = try commands.next(beginningWith: beginning)
      beginning = nil
      try endIfWanted()
      try follow(typed)
    }
  }

  /// - Throws: ``Interrupted`` if a signal wants the program to end.
  private func endIfWanted() throws {
    if let signal = key?.endingSignal { throw Interrupted(signal: signal) }
  }

  private mutating func follow(_ typed: TypedLine) throws {
    var replies = ReplyState()
    let dialogue = self
    func reply(_ reply: SessionReply) throws {
      switch reply {
      case .quit: replies.isOver = true
      case .edit(let line) where commands is LineEditor: replies.beginning = line
      default: try dialogue.show(reply)
      }
    }
    switch typed {
    case .line(let line): try session.handle(line, reply: reply)
    case .left:
      try screen.show(text: Array("^C".utf8))
      session.leaveLine()
    case .end:
      if key != nil { try screen.show(text: []) }
      try session.end(reply: reply)
      if key == nil { replies.isOver = true }
    }
    (isOver, beginning) = (replies.isOver, replies.beginning)
  }

  /// What replies ask of the dialogue.
  private struct ReplyState {
    var isOver = false
    var beginning: String?
  }

  private func show(_ reply: SessionReply) throws {
    switch reply {
    case .sentence(let text): try screen.show(sentence: text)
    case .proposals(let proposals): try screen.show(proposals)
    case .text(let text): try screen.show(text: text)
    case .help: try screen.show(text: Array("\(SessionCommand.helpText)".utf8))
    case .note(let message): try screen.say(message)
    case .interrupted:
      key?.release()
      try screen.show(text: [])
      try screen.say("interrupted; 'r' asks again")
    case .mistake(let error): try show(error)
    case .edit: try show(ToolError(.badData, "there is no line to edit; type the sentence"))
    case .quit: break
    }
    // What is there can be read while more is being made.
    try screen.flush()
  }

  /// Says what is wrong with a line, or ends a session that no person would correct it in.
  private func show(_ mistake: ToolError) throws {
    guard key == nil else { return try screen.say(mistake.description) }
    guard mistake.exitStatus == .badData, let lines = commands as? PlainCommands else {
      throw mistake
    }
    throw lines.malformed(mistake.description)
  }
}
