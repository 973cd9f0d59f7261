internal import CICU
internal import CICUI18n
internal import TextStreams

/// A guess at the encoding of a text, from the front of it.
///
/// ICU's detector counts bytes, and takes Big5 for GB18030 and the other way round. So what it
/// finds, and the encodings of Chinese, Japanese and Korean, are tried: the bytes are decoded, and
/// that reading is best in which the fewest bytes are invalid and the most characters familiar.
package struct EncodingGuess: Equatable, Sendable {
  /// How many bytes are looked at, if there are as many.
  package static let sampleSize = 65_536
  /// Guesses with less than this confidence are not made.
  static let leastConfidence = 10

  package let encoding: TextEncoding
  /// How sure the guess is, from 0 to 100.
  package let confidence: Int

  /// Looks at bytes of a text.
  ///
  /// - Parameters:
  ///   - sample: Some of the text; a line or more makes a good guess.
  ///   - isStart: Whether the text begins with them.
  ///   - mayBeUTF8: Whether UTF-8 and ASCII are among what it may be in.
  package init?(_ sample: UnsafeRawBufferPointer, isStart: Bool, mayBeUTF8: Bool) {
    if isStart, let name = Self.signature(of: sample, mayBeUTF8: mayBeUTF8) {
      self.init(name, confidence: 100)
      return
    }
    let isUTF8 = mayBeUTF8 && Self.isUTF8(sample)
    if isUTF8, Self.isPlain(sample) {
      self.init("UTF-8", confidence: 100)
      return
    }
    let front = UnsafeRawBufferPointer(rebasing: sample.prefix(Self.sampleSize))
    guard let best = Self.best(of: front, mayBeUTF8: mayBeUTF8, isUTF8: isUTF8) else {
      return nil
    }
    self.init(
      best.name == "Big5" ? Self.kindOfBig5(sample) : best.name, confidence: best.confidence)
  }

  private init?(_ name: String, confidence: Int) {
    guard confidence >= Self.leastConfidence, let encoding = TextEncoding(name) else { return nil }
    self.encoding = encoding
    self.confidence = confidence
  }

  /// The encoding that the first bytes sign for.
  private static func signature(
    of sample: UnsafeRawBufferPointer, mayBeUTF8: Bool
  ) -> String? {
    if mayBeUTF8, sample.starts(with: [0xEF, 0xBB, 0xBF]) { return "UTF-8" }
    if sample.starts(with: [0xFF, 0xFE, 0, 0]) || sample.starts(with: [0, 0, 0xFE, 0xFF]) {
      return "UTF-32"
    }
    if sample.starts(with: [0xFF, 0xFE]) || sample.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
    if sample.starts(with: [0x84, 0x31, 0x95, 0x33]) { return "GB18030" }
    return nil
  }

  /// Whether the bytes are UTF-8, the last character perhaps cut off.
  private static func isUTF8(_ sample: UnsafeRawBufferPointer) -> Bool {
    let whole = sample.count - incompleteTail(of: sample)
    return firstInvalid(in: UnsafeRawBufferPointer(rebasing: sample[..<whole])) == nil
  }

  /// Whether there are characters beyond ASCII, or no escapes of ISO 2022 and zeros of UTF-16.
  private static func isPlain(_ sample: UnsafeRawBufferPointer) -> Bool {
    sample.contains { $0 >= 0x80 } || !sample.contains { $0 == 0x1B || $0 == 0 }
  }
}

extension EncodingGuess {
  private typealias Candidate = (name: String, confidence: Int)

  /// The encodings that ICU's detector confuses with each other, or does not know.
  private static let tried = [
    "GB18030", "Big5", "EUC-JP", "Shift_JIS", "EUC-KR", "UTF-16LE", "UTF-16BE",
  ]

  /// Encodings of Latin script, in which bytes above 0x7F are few and far between.
  private static let latin = [
    "windows-1250", "windows-1252", "windows-1254", "ISO-8859-1", "ISO-8859-2", "ISO-8859-9",
  ]

  private static func best(
    of sample: UnsafeRawBufferPointer, mayBeUTF8: Bool, isUTF8: Bool
  ) -> Candidate? {
    var best: Candidate?
    func consider(_ name: String, _ confidence: Int) {
      if confidence > best?.confidence ?? 0 { best = (name, confidence) }
    }
    for name in tried + (mayBeUTF8 ? ["UTF-8"] : []) {
      guard let reading = Reading(of: sample, as: name) else { continue }
      consider(
        name,
        reading.confidence(
          isJapanese: !["GB18030", "Big5", "EUC-KR"].contains(name),
          hasFourByteForms: hasFourByteForms(sample, in: name)))
    }
    let bytes = ByteStatistics(sample)
    for (name, confidence) in detected(sample) where mayBeUTF8 || name != "UTF-8" {
      guard let reading = Reading(of: sample, as: name) else { continue }
      if tried.contains(name), reading.eastAsian > 0 { continue }
      let likelihood = latin.contains(name) ? bytes.scatter : 1
      consider(name, Int(Double(confidence) * reading.soundness * likelihood))
    }
    if bytes.looksLatin { consider("windows-1252", 40) }
    if mayBeUTF8 { consider("UTF-8", isUTF8 ? 50 : confidenceInDamagedUTF8(sample)) }
    return best
  }

  /// What ICU's detector thinks.
  private static func detected(_ sample: UnsafeRawBufferPointer) -> [Candidate] {
    var status = U_ZERO_ERROR
    guard let detector = cicu_detector_open(&status) else { return [] }
    defer { cicu_detector_close(detector) }
    var count: Int32 = 0
    let text = sample.baseAddress?.assumingMemoryBound(to: CChar.self)
    guard
      let matches = cicu_detector_matches(
        detector, text, Int32(sample.count), &count, &status)
    else { return [] }
    return (0..<Int(count)).compactMap { index -> Candidate? in
      guard let match = matches[index], let name = cicu_match_name(match, &status) else {
        return nil
      }
      // What has no bytes from 0x80 to 0x9F is the same in both, and other parts may have some.
      let known = String(cString: name) == "ISO-8859-1" ? "windows-1252" : String(cString: name)
      return (known, Int(cicu_match_confidence(match, &status)))
    }
  }

  /// How likely it is that a text is UTF-8 with faults: one in forty of what GB18030 has, and less
  /// of what others have, looks like one of UTF-8's characters of three bytes.
  private static func confidenceInDamagedUTF8(_ sample: UnsafeRawBufferPointer) -> Int {
    var (long, invalid) = (0, 0)
    var index = 0
    while index < sample.count {
      let rest = UnsafeRawBufferPointer(rebasing: sample[index...])
      let scalar = decodeScalar(rest)
      if scalar.value == nil { invalid += 1 }
      if scalar.length > 2 { long += 1 }
      index += scalar.value == nil ? maximalSubpart(of: rest) : scalar.length
    }
    return long * 10 > invalid ? 100 * long / max(long + invalid, 1) : 0
  }

  /// Whether the text is Big5 with Hong Kong's characters.
  private static func kindOfBig5(_ sample: UnsafeRawBufferPointer) -> String {
    guard let plain = Reading(of: sample, as: "Big5"),
      let larger = Reading(of: sample, as: "Big5-HKSCS")
    else { return "Big5" }
    return larger.invalid + larger.odd < plain.invalid + plain.odd ? "Big5-HKSCS" : "Big5"
  }

  /// Whether characters of four bytes are among the text, which no other encoding writes so.
  private static func hasFourByteForms(
    _ sample: UnsafeRawBufferPointer, in name: String
  ) -> Bool {
    guard name == "GB18030", sample.count >= 4 else { return false }
    let high: ClosedRange<UInt8> = 0x81...0xFE
    let digit: ClosedRange<UInt8> = 0x30...0x39
    var count = 0
    for index in 0..<(sample.count - 3) {
      if high.contains(sample[index]), digit.contains(sample[index + 1]),
        high.contains(sample[index + 2]), digit.contains(sample[index + 3])
      {
        count += 1
      }
    }
    return count >= 2
  }
}

/// How bytes above 0x7F lie among the others.
private struct ByteStatistics {
  private var visible = 0
  private var high = 0
  /// Those with an ASCII byte on either side.
  private var isolated = 0

  /// Whether they are as rare and as scattered as the accented letters of Latin script.
  var looksLatin: Bool {
    high > 0 && high * 10 < visible * 3 && isolated * 10 >= high * 8
  }

  /// The share of bytes above 0x7F that stand alone, from 0 to 1; one in five need not.
  var scatter: Double { high == 0 ? 1 : min(1, 1.25 * Double(isolated) / Double(high)) }

  init(_ sample: UnsafeRawBufferPointer) {
    for (index, byte) in sample.enumerated() where byte > 0x20 {
      visible += 1
      guard byte >= 0x80 else { continue }
      high += 1
      let followsHigh = index > 0 && sample[index - 1] >= 0x80
      let precedesHigh = index + 1 < sample.count && sample[index + 1] >= 0x80
      if !followsHigh, !precedesHigh { isolated += 1 }
    }
  }
}
