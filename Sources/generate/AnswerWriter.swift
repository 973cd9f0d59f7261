import Seq2Seq
import TextStreams

/// Writes the answers to some prompts in the prompts' order, each sentence as soon as may be.
final class AnswerWriter {
  /// The prompts that there is something to go on from.
  let prompts: [Prompt]
  /// For each prompt its place in `prompts`, if it has one.
  private let places: [Int?]
  private let vocabulary: Vocabulary
  private let writer: ByteWriter
  private let areLines: Bool
  /// Sentences that wait for the answers before them.
  private var kept: [[WrittenSentence]]
  /// The place of the answer that is being written, and whether its last paragraph has ended.
  private var current = 0
  private var endsParagraph = false

  init(prompts: [Prompt?], vocabulary: Vocabulary, writer: ByteWriter, areLines: Bool) {
    var count = 0
    places = prompts.map { prompt in
      guard prompt != nil else { return nil }
      defer { count += 1 }
      return count
    }
    self.prompts = prompts.compactMap { $0 }
    self.vocabulary = vocabulary
    self.writer = writer
    self.areLines = areLines
    kept = Array(repeating: [], count: prompts.count)
  }

  /// Takes a sentence of the answer to a prompt, by its place in `prompts`.
  func add(_ sentence: WrittenSentence, to prompt: Int) throws(StreamError) {
    kept[prompt].append(sentence)
    while places[current] == nil { try endAnswer() }
    guard places[current] == prompt else { return }
    try writeKept(prompt)
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
    // An empty sentence is a line in place of an answer, and in a passage nothing.
    for sentence in kept[prompt] where areLines || !sentence.ids.isEmpty {
      if endsParagraph { try writer.write(UInt8(ascii: "\n")) }
      try writer.write(vocabulary.line(of: sentence.ids))
      endsParagraph = sentence.endsParagraph && !areLines
    }
    kept[prompt].removeAll()
  }

  private func endAnswer() throws(StreamError) {
    // A line of answer ends itself; an empty one, or a passage, needs an empty line.
    if !areLines || places[current] == nil { try writer.write(UInt8(ascii: "\n")) }
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
