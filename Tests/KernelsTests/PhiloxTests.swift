import Kernels
import Testing

@Suite("The random generator")
struct PhiloxTests {
  /// Known answers of the reference implementation, Random123 (kat_vectors, philox4x32 10).
  struct KnownAnswer: Sendable {
    let key: UInt64
    let stream: UInt64
    let block: UInt64
    let words: [UInt32]
  }

  static let knownAnswers = [
    KnownAnswer(
      key: 0, stream: 0, block: 0, words: [0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8]),
    KnownAnswer(
      key: .max, stream: .max, block: .max,
      words: [0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD]),
    KnownAnswer(
      key: 0x299F_31D0_A409_3822, stream: 0x0370_7344_1319_8A2E, block: 0x85A3_08D3_243F_6A88,
      words: [0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1]),
  ]

  @Test("gives the published words", arguments: knownAnswers)
  func published(answer: KnownAnswer) {
    let actual = Philox(key: answer.key, stream: answer.stream).block(answer.block)
    #expect((0..<4).map { actual[$0] } == answer.words)
  }

  @Test("hands out its blocks in order, the lower word first")
  func order() {
    var generator = Philox(key: 7, stream: 3)
    var expected: [UInt64] = []
    for number in 0..<2 {
      let words = generator.block(UInt64(number))
      expected.append(UInt64(words[0]) | UInt64(words[1]) << 32)
      expected.append(UInt64(words[2]) | UInt64(words[3]) << 32)
    }
    #expect((0..<4).map { _ in generator.next() } == expected)
  }

  @Test("fills the unit interval evenly")
  func unit() {
    var generator = Philox(key: 1)
    let numbers = (0..<20_000).map { _ in generator.nextUnit() }
    #expect(numbers.allSatisfy { (0..<1).contains($0) })
    #expect(abs(numbers.reduce(0, +) / 20_000 - 0.5) < 0.01)
  }
}
