/// What a text would hold if it were in some encoding.
struct Reading {
  /// Characters that are not ASCII.
  private(set) var characters = 0
  /// Those among them that texts in their script are full of.
  private(set) var familiar = 0
  /// Hiragana and katakana.
  private(set) var kana = 0
  /// Those of East Asian scripts, with their punctuation.
  private(set) var eastAsian = 0
  /// Characters that texts do not have: controls, and what is for private use.
  private(set) var odd = 0
  /// Sequences of bytes that the encoding does not have.
  private(set) var invalid = 0
  private var ascii = 0

  /// Reads a text; `nil` where ICU lacks the encoding.
  ///
  /// A character that the end cuts off is not counted.
  init?(of sample: UnsafeRawBufferPointer, as encoding: String) {
    guard let converter = Converter(encoding) else { return nil }
    var index = 0
    while true {
      let step = converter.step(UnsafeRawBufferPointer(rebasing: sample[index...]), isEnd: false)
      index += step.consumed
      for unit in converter.units { add(unit) }
      switch step.outcome {
      case .full: continue
      case .invalid: invalid += 1
      case .failed:
        invalid += sample.count - index
        return
      case .consumed: return
      }
    }
  }

  private mutating func add(_ unit: UInt16) {
    switch unit {
    case 0x09...0x0D, 0x1A, 0x1B, 0x20...0x7E: ascii += 1
    case ..<0x20, 0x7F...0x9F, 0xE000...0xF8FF, 0xFFF0...:
      odd += 1
      characters += 1
    // Halves of pairs are counted once.
    case 0xDC00...0xDFFF: break
    default:
      characters += 1
      if unit >= 0x2E80 || (0x2010...0x2026).contains(unit) { eastAsian += 1 }
      if isFamiliar[Int(unit)] { familiar += 1 }
      if (0x3041...0x30FC).contains(unit) { kana += 1 }
    }
  }

  /// From 1 for a text without a fault down to 0.
  var soundness: Double {
    let faults = Double(3 * (invalid + odd))
    return max(0, 1 - faults / Double(max(characters + invalid + ascii / 4, 1)))
  }

  /// How sure it is that an East Asian text is in the encoding, from 0 to 100.
  ///
  /// Four in ten characters of a text are familiar if it is read rightly, and one in twenty if it is
  /// read wrongly. A few characters may be familiar by chance.
  ///
  /// - Parameters:
  ///   - isJapanese: Whether kana are what texts in the encoding are full of; the codes of EUC-JP are
  ///     kana in GB18030 too, and those of kanji are not.
  ///   - hasFourByteForms: Whether what the encoding alone can write is there.
  /// - Returns: The confidence.
  func confidence(isJapanese: Bool, hasFourByteForms: Bool) -> Int {
    let count = Double(eastAsian)
    guard count > 0 else { return hasFourByteForms ? Int(90 * soundness) : 0 }
    let share = Double(familiar + (isJapanese ? kana : 0)) / Double(characters + invalid)
    let quality = min(1, max(0, (share - 0.1) / 0.25))
    let confidence = 100 * quality * soundness * count / (count + 1)
    let least = hasFourByteForms ? 90 * soundness : 0
    return Int(max(confidence, least).rounded())
  }
}

/// For each unit whether East Asian texts are full of it, whatever they are about.
private let isFamiliar: [Bool] = {
  let punctuation = "　、。，．：；？！「」『』《》〈〉（）“”‘’—…·・～"
  let chinese = """
    的一是不了在人有我他這这個个們们中來来上大為为和國国地到以說说時时要就出會会可也你對对生能而子那得于著着下自之年過过\
    發发後后作里裡裏用道行所然家種种事成方多經经麼么去法學学如都同現现當当沒没動动面起看定天分還还進进好小部其些主樣样理\
    心她本前開开但因只從从想實实曰見见聽听兩两又問问話话老笑太姐爺爷夫奶回第便卻却把此何今與与知日頭头手情間间什將将二三\
    十不若無无此亦乃者則则其於于吾汝等身門门王公軍军馬马兵城酒書书文字句言語语已正明長长高气氣水火山
    """
  let japanese = "者彼私思気何今見前後物女男目手時話聞食行来年月日本語"
  let korean = """
    이다는에의을가고하도지은를한어그나로사아자리서기해인시대것들있었라만보부정니여과거오말게수제구일면우마습안내세생주전
    """
  var familiar = [Bool](repeating: false, count: 0x1_0000)
  for text in [punctuation, chinese, japanese, korean] {
    for unit in text.utf16 { familiar[Int(unit)] = true }
  }
  return familiar
}()
