import TestSupport
import Testing

@testable import Encodings

@Suite("Invalid sequences in other encodings")
struct InvalidSequencesTests {
  @Test("Each is told with its place in the file, and all are counted")
  func places() {
    // 中, LF, 中, a pair that Big5-HKSCS does not have, LF, a byte that nothing follows.
    let text: [UInt8] = [0xA4, 0xA4, 0x0A, 0xA4, 0xA4, 0x61, 0x8E, 0xCD, 0x62, 0x0A, 0x63, 0xA4]
    let replaced = decode(text, "big5-hkscs", .replace)
    #expect(replaced.text == "中\n中a\u{FFFD}b\nc\u{FFFD}")
    #expect(
      replaced.told == [
        "input:2:4: bytes 0x8E 0xCD are not valid Big5-HKSCS, replaced with U+FFFD",
        "input:3:2: byte 0xA4 is not valid Big5-HKSCS, replaced with U+FFFD",
      ])
    #expect(replaced.summary == "replaced 2 invalid sequences with U+FFFD")
    let skipped = decode(text, "big5-hkscs", .skip)
    #expect(skipped.text == "中\n中ab\nc")
    #expect(skipped.told.map { $0.hasSuffix(", skipped") } == [true, true])
    #expect(skipped.summary == "skipped 3 invalid bytes")
    let escaped = decode(text, "big5-hkscs", .escape)
    #expect(escaped.output == Array("中\n中a".utf8) + [0x8E, 0xCD] + Array("b\nc".utf8) + [0xA4])
    #expect(escaped.told == [] && escaped.summary == "escaped 3 invalid bytes")
    let stopped = decode(text, "big5-hkscs", .stop)
    #expect(stopped.text == "中\n中a")
    #expect(
      stopped.fault?.hasPrefix("input:2:4: bytes 0x8E 0xCD are not valid Big5-HKSCS; ") == true)
  }

  @Test("Columns are bytes of the file, where a line feed is more than one")
  func wideLineFeeds() {
    // A, LF, B, and the second half of a surrogate pair.
    let text: [UInt8] = [0x41, 0, 0x0A, 0, 0x42, 0, 0, 0xDC, 0x43, 0]
    let run = decode(text, "utf-16le", .replace)
    #expect(run.text == "A\nB\u{FFFD}C")
    #expect(
      run.told == ["input:2:3: bytes 0x00 0xDC are not valid UTF-16LE, replaced with U+FFFD"])
  }

  @Test("Twenty in a document are told, and how many more there are")
  func many() {
    for encoding in ["utf-8", "gb18030"] {
      let text = [UInt8](repeating: 0xFF, count: 23)
      let told = decode(text, encoding, .skip).told
      #expect(told.count == 21)
      #expect(told.last == "input: 3 more invalid sequences, skipped")
      #expect(decode(Array(text[..<20]), encoding, .skip).told.count == 20)
    }
  }

  private static let hostile: [[UInt8]] = {
    var generator = SplitMix64(seed: 5)
    var texts: [[UInt8]] = []
    for alphabet in [
      Array(0...255), [0x0A, 0x30, 0x41, 0x81, 0x82, 0x8E, 0xA4, 0xF9, 0xFE, 0xFF, 0xE4, 0xB8],
      [0x1B, 0x24, 0x42, 0x28, 0x41, 0x0A, 0x0E, 0x0F, 0x30, 0x7E, 0x7B, 0x2B],
      [0x00, 0x0A, 0xD8, 0xDC, 0x41, 0xFE, 0xFF],
    ] as [[UInt8]] {
      texts.append((0..<1_500).map { _ in alphabet.randomElement(using: &generator) ?? 0 })
    }
    return texts
  }()

  @Test(
    "The same comes of any bytes, however they arrive",
    arguments: [
      "UTF-8", "GB18030", "GBK", "Big5", "Big5-HKSCS", "Shift_JIS", "EUC-JP", "EUC-KR", "HZ",
      "ISO-2022-JP", "ISO-2022-KR", "ISO-2022-CN", "UTF-16", "UTF-16LE", "UTF-32BE", "UTF-7",
      "KOI8-R", "windows-1252", "CESU-8", "ibm-37",
    ])
  func invariance(encoding: String) {
    for text in Self.hostile {
      for invalid in InvalidBytes.allCases {
        // What the text looks like is a guess from as much as has arrived.
        func decode(_ pieces: [Int] = [1 << 20]) -> StageRun {
          var run = EncodingsTests.decode(text, encoding, invalid, pieces: pieces)
          if let fault = run.fault { run.fault = String(fault.prefix { $0 != "," && $0 != ";" }) }
          return run
        }
        let whole = decode()
        #expect(invalid == .escape || String(validating: whole.output, as: UTF8.self) != nil)
        for pieces in [[1], [2, 3], [7, 1, 100]] {
          #expect(decode(pieces) == whole, "\(invalid), \(pieces)")
        }
      }
    }
  }

  /// Where a line feed is the byte 0x0A and no other byte.
  @Test("The bytes told are those at the place", arguments: ["UTF-8", "GB18030", "Big5", "EUC-JP"])
  func placesHoldTheBytes(encoding: String) throws {
    for text in Self.hostile {
      let lines = text.split(separator: 0x0A, omittingEmptySubsequences: false)
      for told in decode(text, encoding, .replace, pieces: [5]).told where !told.contains("more") {
        let parts = told.split(separator: ":")
        let line = try #require(Int(parts[1]))
        let column = try #require(Int(parts[2]))
        let bytes = parts[3].split(separator: " ").filter { $0.hasPrefix("0x") }
          .compactMap { UInt8($0.dropFirst(2), radix: 16) }
        #expect(lines[line - 1].dropFirst(column - 1).starts(with: bytes), "\(told)")
      }
    }
  }
}
