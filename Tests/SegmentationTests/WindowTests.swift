import Testing

@testable import Segmentation

@Suite("Windows of long paragraphs")
struct WindowTests {
  @Test("All sentences but the last of a window are written, the last goes into the next")
  func sentences() throws {
    let text = "A b. C d. E f. G h."
    #expect(try lines(text, window: 13) == ["A ▁b .", "▁C ▁d .", "▁E ▁f .", "▁G ▁h ."])
    #expect(try lines(text, window: 13) == lines(text))
  }

  @Test("A single sentence is written up to its last word")
  func words() throws {
    #expect(try lines("aaa bbb ccc ddd", window: 9) == ["aaa ▁bbb", "▁ccc ▁ddd"])
  }

  @Test("A single word is written as it is")
  func oneWord() throws {
    #expect(try lines("aaaaaaaaaaaa", window: 5) == ["aaaaa", "aaaaa", "aa"])
    #expect(try lines("ééééé", window: 5) == ["éé", "éé", "é"])
  }

  @Test("A paragraph as long as a window is not cut")
  func exactLength() throws {
    #expect(try lines("aaaaa\nbbbbbb\n", window: 5) == ["aaaaa", "", "bbbbb", "b", ""])
  }

  @Test("Spaces at a window's end wait for their token")
  func spaces() throws {
    #expect(try lines("a.  b", window: 4) == ["a .", "▁ ▁b"])
    #expect(try lines("          a", window: 4) == ["▁ ▁ ▁", "▁ ▁ ▁ ▁", "▁ ▁ ▁a"])
    #expect(try lines("      ", window: 4) == ["▁ ▁ ▁", "▁ ▁ ▁"])
  }

  @Test("Characters are on the lines that words are on")
  func characters() throws {
    #expect(
      try lines("aaa bbb ccc ddd", unit: .character, window: 9)
        == ["a a a ▁ b b b", "▁ c c c ▁ d d d"])
  }
}
