import Testing
import TextStreams

@Suite("Control characters")
struct ControlCharacterTests {
  @Test("What a terminal obeys is shown as an escape")
  func escaped() {
    for (text, shown) in [
      ("\u{1B}[2J", #"\u{1B}[2J"#), ("a\tb\r\nc\0", #"a\u{9}b\u{D}\u{A}c\u{0}"#),
      ("\u{7F}", #"\u{7F}"#), ("\u{80}说\u{9F}", #"\u{80}说\u{9F}"#),
      ("\u{61C}\u{200E}\u{200F}", #"\u{61C}\u{200E}\u{200F}"#),
      ("\u{202A}x\u{202E}", #"\u{202A}x\u{202E}"#),
      ("\u{2066}x\u{2069}", #"\u{2066}x\u{2069}"#),
    ] {
      #expect(Array(text.escapingControls.utf8) == Array(shown.utf8))
    }
  }

  @Test("Text stays as it is")
  func unchanged() {
    for text in [
      "", "~ \u{A0}", "却说宝玉。", "e\u{301}", "\u{FA1D}", "\u{200D}\u{200B}\u{2029}\u{2065}\u{206A}",
      "\u{61B}\u{202F}", #"\u{1B}"#, "👩‍👩‍👧",
    ] {
      #expect(Array(text.escapingControls.utf8) == Array(text.utf8))
    }
  }

  @Test("No scalar that is shown as an escape is left")
  func every() {
    for value in UInt32(0)...0x2_FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = "x\(scalar)y".escapingControls.unicodeScalars
      #expect(!shown.contains(where: \.isControl) && shown.contains(scalar) != scalar.isControl)
    }
  }
}
