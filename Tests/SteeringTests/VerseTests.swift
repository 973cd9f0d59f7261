import Seq2Seq
import Testing

@testable import Steering

@Suite("Verses")
struct VerseTests {
  private static let letters: Set<Unicode.GeneralCategory> = [
    .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
    .decimalNumber, .letterNumber, .otherNumber,
  ]
  private static let combining: Set<Unicode.GeneralCategory> = [
    .nonspacingMark, .spacingMark, .enclosingMark,
  ]

  /// The lengths of the runs of letters in a sentence, and of the runs of other characters.
  private static func clauses(_ text: [UInt8]) -> (letters: [Int], marks: [Int]) {
    let areLetters = String(decoding: text, as: UTF8.self).unicodeScalars
      .map(\.properties.generalCategory).filter { !combining.contains($0) }
      .map(letters.contains)
    return (
      areLetters.split(separator: false).map(\.count),
      areLetters.split(separator: true).map(\.count)
    )
  }

  @Test(
    "Every sentence has its clauses, with one or two marks between them",
    arguments: ["5", "7,7", "1", "4,2,4", "1,1,1,1"])
  func form(text: String) throws {
    let form = try #require(VerseForm(text))
    let answers = Sample.write(
      [VerseRules(form, texts: Sample.texts)], promptCount: 60, maximumLength: 200)
    for sentence in answers.texts.joined() {
      let (letters, marks) = Self.clauses(sentence)
      let shown = String(decoding: sentence, as: UTF8.self)
      #expect(letters == form.clauses, "\(shown)")
      #expect(marks.allSatisfy { $0 <= 2 }, "\(shown)")
      #expect(String(validating: sentence, as: UTF8.self) != nil)
    }
    #expect(
      answers.sentences.joined().allSatisfy { $0.ending == .sentence || $0.ending == .paragraph })
    #expect(Set(answers.sentences.joined().map { $0.ids.count }).count > 1)
  }

  @Test("What is a form")
  func forms() {
    #expect(VerseForm("7,7")?.clauses == [7, 7])
    for text in [
      "", "0", "7,", ",7", "x", "7;7", "-1", "1001", "7，7", "+7,7", "99999999999999999999",
    ] {
      #expect(VerseForm(text) == nil, "\(text)")
    }
  }

  @Test("What a verse may begin with and what a clause can hold")
  func fits() throws {
    let form = try #require(VerseForm("3,5"))
    for (text, fits) in [
      ("", true), ("沈", true), ("沈青山，贾", true), ("沈青山贾", false), ("，沈", false), ("沈，", false),
      ("沈青山，，", false), ("沈青山。，", false),
      ("沈青山”。“", false), ("沈青山。”", true), ("沈青山，贾宝玉贾宝。“", false), ("沈青山，贾宝玉贾宝，", false),
      ("沈青山，贾宝玉贾宝！）", true),
      ("沈青山：“贾", true), ("沈青山，贾宝玉贾宝。", true), ("沈青山，贾宝玉贾宝玉", false),
      ("e\u{301}ab", true), ("\u{301}", false), ("a\u{7}", false),
    ] {
      #expect(form.canBegin(with: [UInt8](text)) == fits, "\(text)")
    }
    for (text, fits) in [
      ("沈", true), ("沈青山贾宝", true), ("沈青山贾宝玉", false), ("沈·青", false), ("，", false),
    ] {
      #expect(form.canHold([UInt8](text)) == fits, "\(text)")
    }
  }

  @Test("The classes of a character's first bytes are those of all characters they begin")
  func partial() {
    var expected: [[UInt8]: Set<CharacterClass>] = [:]
    for value in UInt32(0x80)...0x2_FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = Array(String(scalar).utf8)
      for count in 1..<bytes.count where bytes[0] != 0xF0 || count > 1 {
        expected[Array(bytes[..<count]), default: []].insert(CharacterClass(value))
      }
    }
    for (bytes, classes) in expected {
      #expect(
        CharacterClass.classes(begunBy: bytes).subtracting([.other])
          == classes.subtracting([.other]))
    }
    #expect(CharacterClass.classes(begunBy: [0xF4]).subtracting([.other]).isEmpty)
    #expect(CharacterClass.classes(begunBy: [0x41]) == [.letter])
    #expect(CharacterClass.classes(begunBy: [0x88]) == [.other])
    // What is no beginning of a character is none of any class that a verse has.
    for bytes in [[0xE0, 0x80], [0xF0, 0x80], [0xF0, 0x80, 0x80], [0xED, 0xA0], [0xF4, 0x90]]
      as [[UInt8]]
    {
      #expect(CharacterClass.classes(begunBy: bytes).subtracting([.other]).isEmpty, "\(bytes)")
    }
  }

  @Test("Verses may be those of an acrostic, of names and of bans")
  func together() throws {
    let form = try #require(VerseForm("5,4"))
    let characters = "沈龘a".map { [UInt8](String($0)) }
    let names = ["宝玉", "青山贾"].map { [UInt8]($0) }
    var rules: [any LogitsProcessor] = [
      SentenceBeginnings(acrostic: characters, texts: Sample.texts),
      VerseRules(form, texts: Sample.texts),
    ]
    rules += WordBiases([.init([UInt8]("ab"), bias: -.infinity)]).processors(Sample.texts)
    rules.append(Sample.requiring(names, sentences: 3, verse: form))
    let answers = Sample.write(rules, promptCount: 60) { settings, plan in
      (plan.sentences, plan.names) = (3, names)
    }
    #expect(answers.shortfall.nameCount == 0)
    for passage in answers.texts {
      for (sentence, character) in zip(passage, characters) {
        #expect(sentence.starts(with: character))
        #expect(Self.clauses(sentence).letters == [5, 4])
        #expect(!sentence.has([UInt8]("ab")))
      }
      for name in names { #expect(passage.contains { $0.has(name) }) }
    }
  }
}
