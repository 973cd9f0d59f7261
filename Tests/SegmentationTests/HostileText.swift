import TestSupport

@testable import Segmentation

/// Kinds of generated text that have broken tokenizers.
enum HostileText: String, CaseIterable, Sendable {
  case randomBytes
  case randomScalars
  case whiteSpaceAndControls
  case onlyNewlines
  case onlySpaces
  case crlf
  case escapesAndReserved
  case marksAndBackslashes
  case emojiAndCombining
  case dictionaryScripts
  case brokenUTF8
  case chinese

  /// Generates about `size` bytes.
  func bytes(_ size: Int, using generator: inout SplitMix64) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < size {
      switch self {
      case .randomBytes: bytes.append(UInt8.random(in: 0...255, using: &generator))
      case .randomScalars: append(randomScalar(&generator), to: &bytes)
      case .onlyNewlines: bytes.append(0x0A)
      case .onlySpaces: bytes.append(0x20)
      default:
        let pieces = Self.pieces[self] ?? []
        bytes += pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      }
    }
    return bytes
  }

  private func randomScalar(_ generator: inout SplitMix64) -> Unicode.Scalar {
    while true {
      let limits: [UInt32] = [0x100, 0x3100, 0x1_0000, 0x11_0000]
      let limit = limits[Int.random(in: 0..<4, using: &generator)]
      let value = UInt32.random(in: 0..<limit, using: &generator)
      if let scalar = Unicode.Scalar(value) { return scalar }
    }
  }

  private func append(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
    bytes += Array(String(Character(scalar)).utf8)
  }

  /// What the other kinds draw from.
  private static let pieces: [HostileText: [[UInt8]]] = [
    .whiteSpaceAndControls: [
      "\u{0}", "\u{7}", "\t", "\n", "\u{B}", "\u{C}", "\r", " ", "\u{7F}", "\u{85}", "\u{A0}",
      "\u{1680}", "\u{180E}", "\u{2000}", "\u{200B}", "\u{200D}", "\u{2028}", "\u{2029}",
      "\u{202F}", "\u{205F}", "\u{2060}", "\u{3000}", "\u{FEFF}", "a", "天",
    ].map { Array($0.utf8) },
    .crlf: ["\r\n", "\r", "\n", "\n\r", "他说。\r\n", "a ", "b\r\n"].map { Array($0.utf8) },
    .escapesAndReserved: [
      "<pad>", "<unk>", "<s>", "</s>", "<p>", "<0x00>", "<0xFF>", "<0xff>", "<", ">", "\\x41",
      "\\u{3C}", "\\t", "\\", "x41", "u{", "}", " ", "\n", "\\\\", "p",
    ].map { Array($0.utf8) },
    .marksAndBackslashes: ["\u{2581}", "\\", " ", "\u{2581} ", "a", "\n", "\u{2580}"].map {
      Array($0.utf8)
    },
    .emojiAndCombining: [
      "👩‍👩‍👧", "🇨🇳", "👍🏽", "e\u{301}", "\u{301}", " \u{308}", "한", "\u{1112}\u{1161}\u{11AB}",
      "\u{FE0F}", "\u{20E3}", "1", ". ", "\n", "א.ב", "U.S.", "\u{E0001}",
    ].map { Array($0.utf8) },
    .dictionaryScripts: [
      "กรุงเทพมหานคร", "日本語の", "カタカナー", "ー", "ລາວ", "ខ្មែរ", "မြန်မာ", "。", "〆", "々",
      " ", "\n", "ᨠ", "漢字", "？", "」", "\u{3099}",
    ].map { Array($0.utf8) },
    .brokenUTF8: [
      [0xE4], [0xB8], [0xAD], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90], [0xF0, 0x9F],
      [0xFF], [0x0A], [0x20], [0x41], [0xE4, 0xB8, 0xAD], [0xEF, 0xBF, 0xBD], [0xCC, 0x81],
    ],
    .chinese: [
      "却说", "宝玉", "听了", "，", "。", "”", "“", "！", "\n", "我们在北京大学学习", "？」", "……",
      " ", "　", "说道：", "A", "3.14",
    ].map { Array($0.utf8) },
  ]
}

/// A dictionary of random parts of a text, as far as they are text, and of its separators.
func hostileDictionary(of text: [UInt8], using generator: inout SplitMix64) -> UserDictionary {
  let units = Array(String(decoding: text, as: UTF8.self).utf16)
  var list = WordList()
  for _ in 0..<min(40, units.count / 3) {
    let length = Int.random(in: 2...min(9, units.count), using: &generator)
    let start = Int.random(in: 0...(units.count - length), using: &generator)
    let word = units[start..<start + length]
    // Half of a surrogate pair is no text, and a line feed ends every word.
    guard word.first.map({ $0 & 0xFC00 != 0xDC00 }) == true,
      word.last.map({ $0 & 0xFC00 != 0xD800 }) == true, !word.contains(0x0A)
    else { continue }
    list.add(word, weight: Float(Int.random(in: 0...3, using: &generator)))
  }
  return UserDictionary(list)
}
