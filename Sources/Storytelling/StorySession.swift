internal import TextStreams
internal import ToolSupport

/// A story that a writer and a ``Coauthor`` write together: lines in, replies out.
package struct StorySession<Author: Coauthor> {
  /// Gets the replies, as soon as they are there.
  package typealias Reply = (SessionReply) throws -> Void

  package private(set) var story: Story
  package private(set) var proposals: [Proposal] = []

  private let author: Author
  private var files = StoryFiles()
  /// How often the author was asked.
  private var askedCount = 0
  private var changes = StoryChanges()
  /// Whether the line before would have left an unsaved story.
  private var isLeaving = false

  /// Prepares to go on with a story.
  ///
  /// - Parameters:
  ///   - story: Its beginning, which cannot be undone; it may be empty.
  ///   - author: Who proposes sentences.
  package init(_ story: Story, with author: Author) { (self.story, self.author) = (story, author) }

  /// Whether something was written that is in no file.
  package var isUnsaved: Bool { changes.isUnsaved }

  /// Proposes the first sentences, if the story has begun.
  package mutating func begin(reply: Reply) rethrows {
    guard let sentence = story.lastSentence else { return }
    try reply(.sentence(sentence.text))
    try propose(reply)
  }

  /// Does what a line says.
  ///
  /// - Parameters:
  ///   - line: Without its line feed.
  ///   - reply: Gets what comes of it.
  package mutating func handle(_ line: String, reply: Reply) rethrows {
    let command = SessionCommand(line)
    if case .quit(let discards) = command { return try quit(discards: discards, reply) }
    isLeaving = false
    switch command {
    case .text(let text): try write(text, reply)
    case .take(let number): try take(number, reply)
    case .edit(let number): try edit(number, reply)
    case .propose: try proposeOthers(reply)
    case .undo: try undo(reply)
    case .paragraph: try toggleParagraph(reply)
    case .list(let count): try list(count, reply)
    case .save(let path, let replaces): try save(path, replaces: replaces, reply)
    case .help: try reply(.help)
    case .unknown(let character):
      try mistake(
        "there is no command '\(character)'; '?' lists them, '+\(character)' writes it", reply)
    case .quit: break
    }
  }

  /// Takes note that there are no more lines, which means the same as to quit.
  package mutating func end(reply: Reply) rethrows { try quit(discards: false, reply) }

  /// Takes note that the writer left a line.
  package mutating func leaveLine() { isLeaving = false }
}

extension StorySession {
  // MARK: - Writing

  private mutating func write(_ text: [UInt8], _ reply: Reply) rethrows {
    guard !text.isEmpty else {
      return try mistake("there is nothing behind the '+'; it stands before text", reply)
    }
    guard text.count <= author.longestText else {
      return try mistake("text of more than \(author.longestText) bytes; write it in parts", reply)
    }
    let sentences = author.sentences(of: text)
    append(sentences.map(Story.Part.sentence))
    try propose(reply)
  }

  private mutating func take(_ number: Int, _ reply: Reply) rethrows {
    guard let proposal = try proposal(number, reply) else { return }
    append([.sentence(proposal.sentence)] + (proposal.endsParagraph ? [.paragraphEnd] : []))
    try reply(.sentence(proposal.sentence.text))
    try propose(reply)
  }

  private func edit(_ number: Int, _ reply: Reply) rethrows {
    guard let proposal = try proposal(number, reply) else { return }
    let text = String(decoding: proposal.sentence.text, as: UTF8.self)
    // They would be keys of the line's editor.
    let visible = String(String.UnicodeScalarView(text.unicodeScalars.filter { !$0.isControl }))
    if visible.utf8.count < text.utf8.count {
      try reply(.note("control characters of the proposal are left out"))
    }
    try reply(.edit(SessionCommand.line(for: visible)))
  }

  private mutating func toggleParagraph(_ reply: Reply) rethrows {
    guard let last = story.parts.last else {
      return try mistake("the story has not begun; type its first sentence", reply)
    }
    if last == .paragraphEnd {
      changes.append(.joined, proposals: proposals)
      story.removeLast(1)
      try reply(.note("the paragraph goes on"))
    } else {
      append([.paragraphEnd])
      try reply(.note("the paragraph ends here"))
    }
    if story.lastSentence != nil { try propose(reply) }
  }

  private func proposal(_ number: Int, _ reply: Reply) rethrows -> Proposal? {
    if proposals.indices.contains(number - 1) { return proposals[number - 1] }
    let reason =
      if !proposals.isEmpty {
        "there is no proposal \(number), only \(proposals.count)"
      } else if story.lastSentence == nil {
        "the story has not begun; type its first sentence"
      } else {
        "nothing is proposed; 'r' asks for proposals"
      }
    try mistake(reason, reply)
    return nil
  }

  private mutating func append(_ parts: [Story.Part]) {
    changes.append(.added(parts.count), proposals: proposals)
    for part in parts { story.append(part) }
  }

  private mutating func undo(_ reply: Reply) rethrows {
    guard let change = changes.removeLast() else {
      return try mistake("there is nothing to undo", reply)
    }
    switch change.kind {
    case .added(let count): story.removeLast(count)
    case .joined: story.append(.paragraphEnd)
    case .asked: break
    }
    proposals = change.proposals
    guard let sentence = story.lastSentence else { return try reply(.note("the story is empty")) }
    try reply(.sentence(sentence.text))
    if !proposals.isEmpty { try reply(.proposals(proposals)) }
  }

  // MARK: - Proposing

  private mutating func proposeOthers(_ reply: Reply) rethrows {
    guard story.lastSentence != nil else {
      return try mistake("the story has not begun; type its first sentence", reply)
    }
    changes.append(.asked, proposals: proposals)
    try propose(reply)
  }

  private mutating func propose(_ reply: Reply) rethrows {
    proposals = []
    let number = askedCount
    askedCount += 1
    guard let found = author.proposals(after: story, number: number) else {
      return try reply(.interrupted)
    }
    for proposal in found where !proposals.contains(proposal) { proposals.append(proposal) }
    guard !proposals.isEmpty else {
      return try reply(.note("the model proposes nothing; type the next sentence"))
    }
    try reply(.proposals(proposals))
  }

  // MARK: - Reading, saving, leaving

  /// Saves the story to a new file, where nobody can be asked for its name any more.
  ///
  /// - Returns: The file; `nil` if none can be made.
  package func rescue() -> String? {
    var files = files
    return StoryFiles.rescuePaths.first { path in
      !StoryFiles.exists(path)
        && (try? files.save(story.text, to: path, replaces: false)) != nil
    }
  }

  private func list(_ paragraphs: Int?, _ reply: Reply) rethrows {
    guard !story.parts.isEmpty else { return try reply(.note("the story is empty")) }
    try reply(.text(paragraphs.map { story.text(ofLastParagraphs: $0) } ?? story.text))
  }

  private mutating func save(_ path: String?, replaces: Bool, _ reply: Reply) rethrows {
    guard let path = path ?? files.last else {
      return try mistake("the story was not saved yet; name a file, as in 'w story.txt'", reply)
    }
    do throws(ToolError) {
      try files.save(story.text, to: path, replaces: replaces)
    } catch {
      return try reply(.mistake(error))
    }
    changes.noteSaving()
    try reply(.note("\(counted(story.sentenceCount, "sentence")) saved to \(path)"))
  }

  private mutating func quit(discards: Bool, _ reply: Reply) rethrows {
    guard isUnsaved, !discards, !isLeaving else { return try reply(.quit) }
    isLeaving = true
    try reply(.note("the story is not saved; 'w FILE' saves it, and 'q' again leaves it"))
  }

  private func mistake(_ reason: String, _ reply: Reply) rethrows {
    try reply(.mistake(ToolError(.badData, reason)))
  }
}
