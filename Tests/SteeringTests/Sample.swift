import Glibc
import Kernels
import Seq2Seq
import Steering
import TextStreams

/// A vocabulary that spells the same text in many ways, and passages of a model that knows nothing.
enum Sample {
  /// Tokens as they stand in a vocabulary: words of each other's pieces, blanks, bytes, escapes.
  static let tokens: [String] = {
    let characters = ["沈", "青", "山", "贾", "宝", "玉", "a", "b"]
    let pairs = characters.flatMap { first in characters.map { first + $0 } }
    let triples = pairs.enumerated().filter { $0.offset % 5 == 0 }.flatMap { pair in
      characters.map { pair.element + $0 }
    }
    let others = [
      "，", "。", "“", "”", "——", "，沈", "。”", "▁", "▁沈", "▁a", "a▁b", "7", "\\u{3000}", "\\\\",
      "e\u{301}",
      "\u{301}", "\\xE6", "\\xB2", "\\x88", "\\u{3C}p>", "🐉",
    ]
    return characters + pairs + triples + others
  }()

  static let vocabulary = vocabulary(of: tokens)

  static let texts = TokenTexts(vocabulary)

  /// The numbers of tokens.
  static func ids(_ tokens: String...) -> [UInt32] {
    tokens.map { token in Array(token.utf8).withUnsafeBytes { vocabulary.id(of: $0) } ?? 0 }
  }

  static func vocabulary(of tokens: [String]) -> Vocabulary {
    let reserved = (0..<UInt32(ReservedToken.count)).compactMap { ReservedToken(id: $0)?.bytes }
    let rows = (reserved + tokens.map { Array($0.utf8) }).flatMap { $0 + Array("\t1\n".utf8) }
    do {
      return try rows.withUnsafeBytes { try Vocabulary(parsing: $0, name: "sample") }
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// What some prompts were answered with.
  struct Answers {
    var sentences: [[WrittenSentence]]
    var shortfall: PassageShortfall
    /// The text of the sentences of each passage.
    var texts: [[[UInt8]]] { sentences.map { $0.map { Sample.vocabulary.text(of: $0.ids) } } }
  }

  /// What has names appear in passages.
  ///
  /// - Parameters:
  ///   - names: None twice.
  ///   - sentences: Sentences of a passage, if their number is known.
  ///   - maximumLength: The most tokens of one.
  ///   - verse: The form of the sentences.
  ///   - change: What else ends passages.
  /// - Returns: What changes the chances of tokens.
  static func requiring(
    _ names: [[UInt8]], sentences: Int?, maximumLength: Int = 60, verse: VerseForm? = nil,
    _ change: (inout PassagePlan) -> Void = { _ in }
  ) -> RequiredNames {
    var plan = PassagePlan(vocabulary)
    plan.sentences = sentences
    change(&plan)
    return RequiredNames(
      names, limits: RequiredNames.Limits(plan, maximumLength: maximumLength), verse: verse,
      texts: texts)
  }

  /// Writes passages.
  ///
  /// - Parameters:
  ///   - processors: What steers them.
  ///   - promptCount: How many there are.
  ///   - atOnce: How many are written at a time.
  ///   - maximumLength: The most tokens of a sentence.
  ///   - endRaise: How much likelier the ends of sentences are than other tokens.
  ///   - change: Changes how passages are written and when they end.
  /// - Returns: What was written.
  static func write(
    _ processors: [any LogitsProcessor], promptCount: Int, atOnce: Int = 8, maximumLength: Int = 60,
    endRaise: Float = 3, _ change: (inout WritingSettings, inout PassagePlan) -> Void = { _, _ in }
  ) -> Answers {
    var settings = WritingSettings(maximumLength: maximumLength, seed: 3)
    settings.processors = processors
    var plan = PassagePlan(vocabulary)
    plan.sentences = 4
    change(&settings, &plan)
    let writer = PassageWriter(
      RandomModel(textCount: atOnce, size: vocabulary.count, endRaise: endRaise),
      settings: settings)
    var answers = Answers(
      sentences: Array(repeating: [], count: promptCount), shortfall: PassageShortfall())
    let prompts = (0..<promptCount).map { Prompt(source: [261 + UInt32($0 % 50)], number: $0) }
    answers.shortfall = writer.write(after: prompts, to: plan) { prompt, alternatives, _ in
      answers.sentences[prompt] += alternatives.prefix(1)
    }
    return answers
  }
}

/// A model whose chances are drawn anew for every beginning of a sentence, and for nothing else.
final class RandomModel: StepFunction {
  let textCount: Int
  private let size: Int
  private let endRaise: Float
  private var states: [UInt64]
  private let arena = Arena<Float>()

  private static let numbers: [Float] = {
    var generator = Philox(key: 17)
    return (0..<65_536).map { _ in Float(4 * generator.nextUnit()) }
  }()

  init(textCount: Int, size: Int, endRaise: Float) {
    (self.textCount, self.size, self.endRaise) = (textCount, size, endRaise)
    states = Array(repeating: 0, count: textCount)
  }

  func start(_ texts: [Int], sources: [RollingSource]) {
    for (text, source) in zip(texts, sources) { states[text] = source.ids.reduce(1, Self.mix) }
  }

  func step(_ texts: [Int], tokens: [UInt32]) -> Matrix<Float> {
    arena.reset()
    let logits = arena.matrix(texts.count, size)
    for (row, (text, token)) in zip(texts, tokens).enumerated() {
      states[text] = Self.mix(states[text], token)
      let start = Int(states[text] >> 48)
      for id in 0..<size { logits.row(row)[id] = Self.numbers[(start + id) & 0xFFFF] }
      for id in [ReservedID.end, ReservedID.paragraph] { logits.row(row)[Int(id)] += endRaise }
    }
    return logits
  }

  func attention(row: Int) -> UnsafeBufferPointer<Float> {
    UnsafeBufferPointer(start: nil, count: 0)
  }

  func copy(_ copies: [TextCopy]) { for copy in copies { states[copy.to] = states[copy.from] } }

  private static func mix(_ state: UInt64, _ token: UInt32) -> UInt64 {
    (state &+ UInt64(token) &+ 1) &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
  }
}

extension LogitsProcessor {
  /// The same when a sentence has come so far.
  func after(_ sentence: [UInt32]) -> Self {
    sentence.reduce(into: self) { $0.append($1) }
  }
}

extension [UInt8] {
  init(_ text: String) { self = Array(text.utf8) }

  /// Whether bytes stand anywhere in these, found the plain way.
  func has(_ bytes: [UInt8]) -> Bool {
    count >= bytes.count && (0...count - bytes.count).contains { self[$0...].starts(with: bytes) }
  }
}

/// Gives a reader what stands in a file.
func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
  var template = Array("/tmp/huaben-steering-XXXXXX".utf8CString)
  let descriptor = mkstemp(&template)
  precondition(descriptor >= 0, "no temporary file: errno \(errno)")
  let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  defer { unlink(path) }
  let bytes = Array(text.utf8)
  precondition(write(descriptor, bytes, bytes.count) == bytes.count)
  close(descriptor)
  return try body(path)
}
