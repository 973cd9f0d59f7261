import TestSupport
import Testing
import TextStreams

@testable import Segmentation

@Suite("Words of a dictionary")
struct DictionaryTests {
  @Test(
    "They are kept whole, and end what ICU would go on with",
    arguments: [
      // ICU tears them.
      ("甄士隐与贾雨村。", "甄士隐", ["甄士隐 与 贾 雨村 。"]),
      ("甄士隐与贾雨村。", "甄士隐\n贾雨村", ["甄士隐 与 贾雨村 。"]),
      // ICU has one word where the dictionary's begins or ends inside.
      ("北京大学生前来应聘", "大学生", ["北京 大学生 前 来 应聘"]),
      ("中华人民共和国", "人民", ["中华 人民 共和国"]),
      // Latin words, in any form but with that case.
      ("I like C++ and AT&T.", "C++\nAT&T", ["I ▁like ▁C++ ▁and ▁AT&T ."]),
      ("i like c++", "C++", ["i ▁like ▁c + +"]),
      ("start the art", "art\nst", ["start ▁the ▁art"]),
      ("2004 and 12004", "2004\n12", ["2004 ▁and ▁12004"]),
      ("卡拉OK厅", "卡拉OK", ["卡拉OK 厅"]),
      // A mark belongs to what is before it.
      ("宝玉\u{301}来", "宝玉\n玉\u{301}来", ["宝 玉\u{301}来"]),
      ("กรุงเทพมหานคร", "มหานคร", ["กรุงเทพ มหานคร"]),
      ("カタカナ", "カタ", ["カタ カナ"]),
      ("𠀀𠀁𠀂", "𠀁𠀂", ["𠀀 𠀁𠀂"]),
      // Spaces inside, and those at the ends, which are no part of a word.
      ("in New York now", "New▁York", ["in ▁New▁York ▁now"]),
      ("New York", "▁New▁York▁", ["New▁York"]),
      ("New  York", "New▁York", ["New ▁ ▁York"]),
      ("a\u{3000}b \\x", "a\\u{3000}b\n\\\\x", ["a\\u{3000}b ▁\\\\x"]),
      ("<p> <pad>", "\\u{3C}p>\n<pad>", ["\\u{3C}p> ▁< pad >"]),
      // No word goes on in the next sentence.
      ("他说。没有。", "说。没", ["他 说 。", "没有 。"]),
      ("他说。没有。", "说。", ["他 说。", "没有 。"]),
    ])
  func kept(text: String, words: String, expected: [String]) throws {
    #expect(try lines(text, dictionary: dictionary(words)) == expected)
  }

  @Test(
    "Of words that overlap, those that cover most, then the fewest, then the weightiest, then the first",
    arguments: [
      ("研究生命", "研究\n研究生\n生命", ["研究 生命"]),
      ("贾宝玉", "宝玉 1000\n贾宝玉", ["贾宝玉"]),
      ("甲乙丙丁", "甲乙\n丙丁\n甲乙丙丁", ["甲乙丙丁"]),
      ("甲乙丙丁", "甲乙 9\n丙丁 9\n甲\n乙丙丁 2\n丁", ["甲乙 丙丁"]),
      ("甲乙丙", "甲乙\n乙丙", ["甲乙 丙"]),
      ("甲乙丙", "甲乙\n乙丙 2", ["甲 乙丙"]),
      ("甲乙丙丁戊", "甲乙 9\n丙丁 1\n乙丙 3\n丁戊 2", ["甲乙 丙 丁戊"]),
      ("甲乙丙", "甲乙 5\n乙丙 2\n甲乙 1", ["甲 乙丙"]),
      ("甲乙丙", "甲乙 0\n乙丙 0.5", ["甲 乙丙"]),
    ])
  func chosen(text: String, words: String, expected: [String]) throws {
    #expect(try lines(text, dictionary: dictionary(words)) == expected)
  }

  @Test("A path through random words is the best of all", arguments: 0..<40)
  func bestPath(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    let letters = Array("甲乙丙".utf16)
    func random(_ length: Int) -> [UInt16] {
      (0..<length).map { _ in letters[Int.random(in: 0..<3, using: &generator)] }
    }
    var list = WordList()
    var weights: [[UInt16]: Float] = [:]
    for _ in 0..<Int.random(in: 1...9, using: &generator) {
      let word = random(Int.random(in: 2...5, using: &generator))
      weights[word] = Bool.random(using: &generator) ? 1 : 3
      list.add(word, weight: weights[word] ?? 1)
    }
    var path = WordPath(WordAutomaton(list))
    for _ in 0..<40 {
      let text = random(Int.random(in: 0...9, using: &generator))
      let forbidden = Set((0..<3).map { _ in Int.random(in: 0...9, using: &generator) })
      var found: [Range<Int>] = []
      text.withUnsafeBufferPointer {
        path.find(in: $0, 0..<text.count) { !forbidden.contains($0) }
      }
      var place = 0
      while place < text.count {
        let length = path.length(ofWordAt: place)
        if length > 0 { found.append(place..<place + length) }
        place += max(length, 1)
      }
      let best = bestSet(of: weights, in: text, from: 0, notAt: forbidden)
      #expect(found == best.words, "\(text) \(weights) \(forbidden)")
    }
  }

  @Test("Words that do not overlap are never torn, wherever they stand", arguments: [64, 400])
  func neverTorn(window: Int) throws {
    var generator = SplitMix64(seed: 9)
    let names = ["赖升媳妇", "潘又安家", "New▁York", "賈探春", "𠀀𠀁𠀂"]
    let dictionary = try dictionary(names.joined(separator: "\n"))
    for _ in 0..<30 {
      var text: [UInt8] = []
      var count = 0
      for _ in 0..<60 {
        text += HostileText.chinese.bytes(6, using: &generator).filter { $0 != 0x0A }
        let name = names[Int.random(in: 0..<names.count, using: &generator)]
        // A Latin letter before it would make another word of the Latin one.
        text += Array("，\(name.replacing("▁", with: " "))，".utf8)
        count += 1
      }
      let tokens = try tokenize(text, dictionary: dictionary, window: window)
      let whole = String(decoding: tokens, as: UTF8.self).split { $0 == " " || $0 == "\n" }
      #expect(whole.count { names.contains(String($0)) } == count)
      #expect(try detokenize(tokens) == text)
    }
  }

  @Test("A dictionary without words changes nothing")
  func empty() throws {
    var generator = SplitMix64(seed: 10)
    let text = HostileText.chinese.bytes(2_000, using: &generator)
    for words in ["", "# none\n\n", "的\n 。 5\n<pad>\t0\n<0xE4>\t3\n▁\n\\xFF\n"] {
      #expect(try tokenize(text, dictionary: dictionary(words)) == tokenize(text))
    }
  }
}

/// The best words by the rules of ``WordPath``, found by trying all sets.
private func bestSet(
  of weights: [[UInt16]: Float], in text: [UInt16], from start: Int, notAt forbidden: Set<Int>
) -> (covered: Int, weight: Float, words: [Range<Int>]) {
  guard start < text.count else { return (0, 1, []) }
  func isEnd(_ place: Int) -> Bool {
    place == 0 || place == text.count || !forbidden.contains(place)
  }
  var best: (covered: Int, weight: Float, words: [Range<Int>])?
  // Longer words first and none last, so that of equals the first is the right one.
  for length in (0...(text.count - start)).reversed() {
    let place = start..<start + length
    var rest: (covered: Int, weight: Float, words: [Range<Int>])
    if length == 0 {
      rest = bestSet(of: weights, in: text, from: start + 1, notAt: forbidden)
    } else {
      guard let weight = weights[Array(text[place])], isEnd(start), isEnd(place.upperBound) else {
        continue
      }
      rest = bestSet(of: weights, in: text, from: place.upperBound, notAt: forbidden)
      rest = (rest.covered + length, rest.weight * weight, [place] + rest.words)
    }
    if let known = best {
      let (some, others) = (rest.words.count, known.words.count)
      guard
        rest.covered > known.covered
          || rest.covered == known.covered
            && (some < others || some == others && rest.weight > known.weight)
      else { continue }
    }
    best = rest
  }
  return best ?? (0, 1, [])
}

/// A dictionary of these lines.
func dictionary(_ lines: String) throws -> UserDictionary {
  var reader = DictionaryReader()
  try withInput(Array(lines.utf8), pieces: nil) { try reader.read($0) }
  return UserDictionary(reader.words)
}
