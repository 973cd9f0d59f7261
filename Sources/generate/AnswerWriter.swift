import Seq2Seq
import TextStreams
import ToolSupport

/// Writes the answers to some prompts in the prompts' order, each sentence as soon as may be.
final class AnswerWriter {
  /// The prompts that there is something to go on from.
  let prompts: [Prompt]
  /// For each prompt its place in `prompts`, if it has one.
  private let places: [Int?]
  private let vocabulary: Vocabulary
  private let writer: ByteWriter
  private let layout: AnswerLayout
  private let attention: AttentionWriter?
  /// Sentences that wait for the answers before them, each with its alternatives.
  private var kept: [[[WrittenSentence]]]
  /// Which answers are whole.
  private var isWhole: [Bool]
  /// The place of the answer that is being written, and whether its last paragraph has ended.
  private var current = 0
  private var endsParagraph = false

  init(
    prompts: [Prompt?], vocabulary: Vocabulary, writer: ByteWriter, layout: AnswerLayout,
    attention: AttentionWriter?
  ) {
    var count = 0
    places = prompts.map { prompt in
      guard prompt != nil else { return nil }
      defer { count += 1 }
      return count
    }
    self.prompts = prompts.compactMap { $0 }
    self.vocabulary = vocabulary
    self.writer = writer
    (self.layout, self.attention) = (layout, attention)
    kept = Array(repeating: [], count: self.prompts.count)
    isWhole = Array(repeating: false, count: self.prompts.count)
  }

  /// Takes a sentence of the answer to a prompt, by its place in `prompts`.
  ///
  /// - Parameters:
  ///   - alternatives: The sentence, and what else was found in its place.
  ///   - prompt: The place.
  ///   - isLast: Whether the answer is whole with it.
  /// - Throws: ``StreamError`` if it cannot be written.
  func add(
    _ alternatives: [WrittenSentence], to prompt: Int, isLast: Bool
  ) throws(StreamError) {
    kept[prompt].append(alternatives)
    isWhole[prompt] = isLast
    while places[current] == nil { try endAnswer() }
    guard places[current] == prompt else { return }
    try writeKept(prompt)
    // Those after it may have been waiting.
    while isLast, current < places.count, places[current].map({ isWhole[$0] }) ?? true {
      try endAnswer()
      if current < places.count, let next = places[current] { try writeKept(next) }
    }
    try writer.flush()
  }

  /// Writes what has not been written.
  func finish() throws(StreamError) {
    while current < places.count {
      if let prompt = places[current] { try writeKept(prompt) }
      try endAnswer()
    }
  }

  private func writeKept(_ prompt: Int) throws(StreamError) {
    for alternatives in kept[prompt] {
      let written: [WrittenSentence]
      if case .rows(let score) = layout {
        written = alternatives.filter { !$0.ids.isEmpty }
        try writeRows(written, of: prompts[prompt], score: score)
      } else {
        // An empty sentence is a line in place of an answer, and in a passage nothing.
        written = alternatives.prefix(1).filter { layout == .lines || !$0.ids.isEmpty }
        try writeLine(written)
      }
      try attention?.write(written, after: prompts[prompt])
    }
    kept[prompt].removeAll()
  }

  private func writeLine(_ sentences: [WrittenSentence]) throws(StreamError) {
    for sentence in sentences {
      if endsParagraph { try writer.write(UInt8(ascii: "\n")) }
      try writer.write(vocabulary.line(of: sentence.ids))
      endsParagraph = sentence.endsParagraph && layout == .passages
    }
  }

  private func writeRows(
    _ sentences: [WrittenSentence], of prompt: Prompt, score: AnswerLayout.Score
  ) throws(StreamError) {
    for sentence in sentences {
      let number = score == .ofSearch ? sentence.score : sentence.logProbability
      try writer.write("\(prompt.number + 1)\t\(fixed(number, 6))\t")
      try writer.write(vocabulary.line(of: sentence.ids))
    }
  }

  private func endAnswer() throws(StreamError) {
    // A line of answer ends itself; an empty one, or a passage, needs an empty line.
    let needsLine =
      switch layout {
      case .passages: true
      case .lines: places[current] == nil
      case .rows: false
      }
    if needsLine { try writer.write(UInt8(ascii: "\n")) }
    endsParagraph = false
    current += 1
  }
}

extension Vocabulary {
  /// The token line of a sentence, its line feed included; characters spelled as bytes become
  /// tokens of their own.
  fileprivate func line(of ids: [UInt32]) -> [UInt8] {
    var line: [UInt8] = []
    var spelled: [UInt8] = []
    func endSpelling() {
      guard !spelled.isEmpty else { return }
      if !line.isEmpty { line.append(UInt8(ascii: " ")) }
      spelled.withUnsafeBytes { TokenEscapes.escape($0, into: &line) }
      spelled.removeAll()
    }
    for id in ids {
      if case .byte(let byte)? = ReservedToken(id: id) {
        if !spelled.isEmpty && byte & 0xC0 != 0x80 { endSpelling() }
        spelled.append(byte)
      } else {
        endSpelling()
        if !line.isEmpty { line.append(UInt8(ascii: " ")) }
        line.append(contentsOf: tokenBytes(id))
      }
    }
    endSpelling()
    line.append(UInt8(ascii: "\n"))
    return line
  }
}
