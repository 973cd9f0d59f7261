import Encodings
import TestSupport
import Testing
import TextStreams

@testable import Segmentation

@Suite("Text to tokens and back")
struct RoundTripTests {
  @Test(
    "Generated text comes back byte for byte, and no token holds white space",
    arguments: HostileText.allCases, TokenGranularity.allCases)
  func generated(kind: HostileText, unit: TokenGranularity) throws {
    var generator = SplitMix64(seed: 1)
    for size in [0, 1, 2, 3, 7, 50, 400, 3_000] {
      for window in [4, 64, SegmenterOptions.standardWindow] {
        let text = kind.bytes(size, using: &generator)
        let tokens = try tokenize(text, unit: unit, window: window)
        #expect(try detokenize(tokens) == text, "size \(size), window \(window)")
        #expect(whiteSpace(in: tokens) == [], "size \(size), window \(window)")
      }
    }
  }

  @Test(
    "So it does in every locale, and with the words of a dictionary kept whole",
    arguments: HostileText.allCases, ["zh", "en@ss=standard", "el", "ja", "th"])
  func localesAndDictionaries(kind: HostileText, locale: String) throws {
    var generator = SplitMix64(seed: 7)
    for size in [3, 60, 2_000] {
      for window in [4, 64, SegmenterOptions.standardWindow] {
        let text = kind.bytes(size, using: &generator)
        let words = hostileDictionary(of: text, using: &generator)
        let tokens = try tokenize(
          text, locale: TextLocale(locale), dictionary: words, window: window)
        #expect(try detokenize(tokens) == text, "size \(size), window \(window)")
        #expect(whiteSpace(in: tokens) == [], "size \(size), window \(window)")
      }
    }
  }

  @Test("Every scalar is one token, as the escapes have it", arguments: TokenGranularity.allCases)
  func scalars(unit: TokenGranularity) throws {
    var text: [UInt8] = []
    var expected: [UInt8] = []
    // All of the first plane, and a sample of the others, which hold nothing that is escaped.
    let values = Array(0..<UInt32(0x1_0000)) + stride(from: 0x1_0000, to: 0x11_0000, by: 61)
    for value in values where Unicode.Scalar(value) != nil && value != 0x0A {
      var scalar: [UInt8] = []
      appendUTF8(value, to: &scalar)
      text += scalar + [0x0A]
      scalar.withUnsafeBytes { TokenEscapes.escape($0, into: &expected) }
      expected += [0x0A, 0x0A]
    }
    #expect(try tokenize(text, unit: unit, invalid: .stop) == expected)
  }

  @Test(
    "What looks reserved in the text is not so in a token", arguments: TokenGranularity.allCases)
  func reserved(unit: TokenGranularity) throws {
    let text = Array("<p></s><0xE4> <s>\n<unk>".utf8)
    let tokens = try tokenize(text, unit: unit)
    for token in tokens.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
      #expect(token.withUnsafeBytes { ReservedToken($0) } == nil)
    }
    #expect(try detokenize(tokens) == text)
  }

  @Test(
    "Files come back byte for byte, and no word holds white space",
    .enabled(if: SharedData.isPresent, "needs ../shared/data"),
    arguments: SharedData.files(in: "torture", "raw", "novels"))
  func files(path: String) throws {
    let text = try SharedData.contents(of: path)
    let tokens = try tokenize(text, jobs: 2)
    #expect(try detokenize(tokens) == text)
    #expect(whiteSpace(in: tokens) == [])
  }

  @Test(
    "Files come back from characters too",
    .enabled(if: SharedData.isPresent, "needs ../shared/data"),
    arguments: SharedData.files(in: "torture"))
  func charactersOfFiles(path: String) throws {
    let text = try SharedData.contents(of: path)
    let tokens = try tokenize(text, unit: .character, window: 5_000)
    #expect(try detokenize(tokens) == text)
    #expect(whiteSpace(in: tokens) == [])
  }

  /// The white space scalars among the tokens, other than the separators.
  private func whiteSpace(in tokens: [UInt8]) -> Set<UInt32> {
    tokens.withUnsafeBytes { tokens in
      var found: Set<UInt32> = []
      var index = 0
      while index < tokens.count {
        // All white space begins with one of these.
        let first = tokens[index]
        guard first <= 0x20 || first == 0xC2 || first >= 0xE1 && first <= 0xE3 else {
          index += 1
          continue
        }
        let scalar = decodeScalar(UnsafeRawBufferPointer(rebasing: tokens[index...]))
        let value = scalar.value ?? 0xFFFD
        if value != 0x20, value != 0x0A,
          Unicode.Scalar(value)?.properties.isWhitespace != false || value == 0xFFFD
        {
          found.insert(value)
        }
        index += scalar.length
      }
      return found
    }
  }
}
