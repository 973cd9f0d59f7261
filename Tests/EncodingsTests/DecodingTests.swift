import CICU
import Testing

@testable import Encodings

/// Returns a text in an encoding of ICU's, or `nil` if it lacks a character of it.
func encoded(_ text: String, in encoding: String) -> [UInt8]? {
  var status = U_ZERO_ERROR
  guard let converter = cicu_converter_open(encoding, &status) else { return nil }
  defer { cicu_converter_close(converter) }
  let units = Array(text.utf16)
  var bytes = [UInt8](repeating: 0, count: 16 * units.count + 64)
  let count = bytes.withUnsafeMutableBytes { bytes in
    cicu_converter_encode(
      converter, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count),
      units, Int32(units.count), &status)
  }
  return status.rawValue > U_ZERO_ERROR.rawValue ? nil : Array(bytes[..<Int(count)])
}

@Suite("Text in other encodings")
struct DecodingTests {
  private static let samples = [
    "第一回 甄士隐\n梦幻识通灵，贾雨村。\n", "第一回 甄士隱\r\n夢幻識通靈，賈雨村。\r\n",
    "A sentence.\nAnother, \"quoted\".", "Café déjà vu\n", "Привет, мир\n", "日本語のテキスト\n",
    "한국어\n", "𠮷野家 😀\n",
  ]

  @Test("Every converter gives back what it can write, however the bytes arrive")
  func roundTrip() throws {
    var written = 0
    for index in 0..<cicu_encoding_count() {
      let name = String(cString: try #require(cicu_encoding_name(index)))
      // ICU leaves characters out when it writes this one.
      if name == "x11-compound-text" { continue }
      for sample in Self.samples {
        guard let bytes = encoded(sample, in: name) else { continue }
        written += 1
        for pieces in [[1 << 20], [1], [2, 3, 7]] {
          let run = decode(bytes, name, pieces: pieces)
          #expect(run == StageRun(output: Array(sample.utf8)), "\(name): \(sample)")
        }
      }
    }
    #expect(written > 300)
  }

  @Test(
    "A byte order mark is no text at the start, and is text elsewhere",
    arguments: [
      ("utf-8", "a", [0xEF, 0xBB, 0xBF, 0x61]), ("utf-8", "a\u{FEFF}", [0x61, 0xEF, 0xBB, 0xBF]),
      ("utf-8", "", [0xEF, 0xBB, 0xBF]),
      ("utf-8", "\u{FEFF}", [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF]),
      ("utf-16", "a", [0xFF, 0xFE, 0x61, 0]), ("utf-16", "a", [0xFE, 0xFF, 0, 0x61]),
      ("utf-16", "a", [0, 0x61]), ("utf-16", "\u{FEFF}a", [0xFE, 0xFF, 0xFE, 0xFF, 0, 0x61]),
      ("utf-16le", "a\u{FEFF}", [0xFF, 0xFE, 0x61, 0, 0xFF, 0xFE]),
      ("utf-16be", "a", [0xFE, 0xFF, 0, 0x61]),
      ("utf-32", "a", [0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0]),
      ("gb18030", "a", [0x84, 0x31, 0x95, 0x33, 0x61]),
    ] as [(String, String, [UInt8])])
  func marks(encoding: String, text: String, bytes: [UInt8]) {
    for pieces in [[100], [1], [2]] {
      #expect(decode(bytes, encoding, pieces: pieces) == StageRun(output: Array(text.utf8)))
    }
  }

  @Test("NUL, CR and controls are text")
  func controls() {
    let text: [UInt8] = [0x61, 0, 0x0D, 0x0A, 0x07, 0x1A, 0x7F]
    #expect(decode(text, "gb18030").output == text)
    #expect(decode(text, "utf-8").output == text)
  }
}
