import ModelSupport
import Seq2Seq
import TextStreams

/// Reads prompts from token lines and writes the answers, each as soon as it is there.
struct Prompts {
  let loaded: LoadedModel
  let storyteller: Storyteller
  let writer: ByteWriter
  /// Sentences in an answer.
  let sentences: Int

  /// Answers every paragraph with a passage and an empty line.
  func answerParagraphs(_ lines: consuming LineReader) throws {
    var sentence: [UInt32] = []
    while let line = try lines.next() {
      if line.isEmpty {
        try answer(sentence.isEmpty ? [] : sentence + [ReservedID.paragraph])
        sentence.removeAll()
      } else {
        sentence.removeAll()
        try loaded.encode(line, of: lines, into: &sentence)
      }
    }
    if !sentence.isEmpty { try answer(sentence) }
  }

  /// Answers every line with a line.
  func answerLines(_ lines: consuming LineReader) throws {
    var source: [UInt32] = []
    while let line = try lines.next() {
      source.removeAll()
      try loaded.encode(line, of: lines, into: &source)
      if source.isEmpty {
        storyteller.skipPrompt()
        try writer.write(UInt8(ascii: "\n"))
      } else {
        var passage = storyteller.answer(to: source)
        let sentence = passage.next()
        storyteller.note(sentence)
        try write(sentence)
      }
      try writer.flush()
    }
  }

  /// Writes a passage after the source, or nothing after none, and the empty line.
  private func answer(_ source: [UInt32]) throws {
    var endsParagraph = false
    if source.isEmpty {
      storyteller.skipPrompt()
    } else {
      var passage = storyteller.answer(to: source)
      for _ in 0..<sentences {
        if endsParagraph { try writer.write(UInt8(ascii: "\n")) }
        let sentence = passage.next()
        storyteller.note(sentence)
        try write(sentence)
        endsParagraph = sentence.endsParagraph
        try writer.flush()
      }
    }
    try writer.write(UInt8(ascii: "\n"))
    try writer.flush()
  }

  private func write(_ sentence: WrittenSentence) throws {
    try writer.write(loaded.vocabulary.line(of: sentence.ids))
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
