import Glibc
import Kernels
import Seq2Seq
import Testing

/// Drawing tokens, compared with sorting them.
@Suite("Sampling")
struct SamplingTests {
  /// A way of sampling, with a name.
  struct Way: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let sampler: Sampler

    init(_ name: String, _ change: (inout Sampler) -> Void) {
      var sampler = Sampler()
      change(&sampler)
      (testDescription, self.sampler) = (name, sampler)
    }
  }

  static let ways = [
    Way("plain") { _ in },
    Way("temperature 0.7") { $0.temperature = 0.7 },
    Way("top-k 9") { $0.topK = 9 },
    Way("top-p 0.8") { $0.topP = 0.8 },
    Way("min-p 0.1") { $0.minP = 0.1 },
    Way("typical 0.6") { $0.typical = 0.6 },
    Way("all") {
      ($0.temperature, $0.topK, $0.topP, $0.minP, $0.typical) = (1.5, 30, 0.95, 0.02, 0.7)
    },
  ]

  /// Numbers of which many are equal.
  static func logits(_ count: Int, _ generator: inout Philox) -> [Float] {
    (0..<count).map { _ in Float((generator.nextUnit() * 12).rounded() / 2) }
  }

  static func draw(
    _ sampler: inout Sampler, _ logits: [Float], _ generator: inout some RandomNumberGenerator
  ) -> Int? {
    logits.withUnsafeBufferPointer { sampler.choose(from: $0, using: &generator) }.map { Int($0) }
  }

  /// Pearson's statistic, and what it exceeds once in two thousand times.
  ///
  /// Source: Wilson and Hilferty (1931) for the second.
  static func chiSquared(_ counts: [Int], _ chances: [Double]) -> (statistic: Double, limit: Double)
  {
    let total = Double(counts.reduce(0, +))
    var cells = zip(counts, chances).map { (Double($0), $1 * total) }
    let rare = cells.filter { $0.1 < 5 }
    cells.removeAll { $0.1 < 5 }
    if rare.contains(where: { $0.1 > 0 }) {
      cells.append(rare.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) })
    }
    let statistic = cells.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
    let (freedom, deviation) = (Double(cells.count - 1), 3.29)
    let root = 1 - 2 / (9 * freedom) + deviation * sqrt(2 / (9 * freedom))
    return (statistic, freedom * root * root * root)
  }

  @Test("Tokens come as often as by the probabilities of what sorting leaves", arguments: ways)
  func frequencies(way: Way) {
    var generator = Philox(key: 21)
    let logits = Self.logits(40, &generator)
    let expected = SortedSampling(logits, way.sampler).chances
    var (sampler, counts) = (way.sampler, [Int](repeating: 0, count: logits.count))
    for _ in 0..<8000 {
      if let id = Self.draw(&sampler, logits, &generator) { counts[id] += 1 }
    }
    #expect(counts.reduce(0, +) == 8000)
    #expect(zip(counts, expected).allSatisfy { $0 == 0 || $1 > 0 }, "what is out was drawn")
    let (statistic, limit) = Self.chiSquared(counts, expected)
    #expect(statistic < limit)
    // The same numbers are far from those of another way.
    let other = SortedSampling(logits, Self.ways[way.testDescription == "plain" ? 1 : 0].sampler)
    let (wrong, wrongLimit) = Self.chiSquared(counts, other.chances)
    #expect(wrong > 2 * wrongLimit)
  }

  @Test("Of thousands of distributions exactly what sorting leaves is drawn")
  func keptTokens() {
    var generator = Philox(key: 4)
    var skipped = 0
    for round in 0..<3000 {
      let logits = Self.logits(1 + round % 23, &generator)
      var sampler = Sampler()
      // Each rule alone, and all of them together.
      func applies(_ rule: Int) -> Bool { round % 5 == rule || round % 5 == 4 }
      let units = (0..<4).map { _ in generator.nextUnit() }
      sampler.temperature = [0.5, 1, 3][round % 3]
      if applies(0) { sampler.topK = 2 + Int(units[0] * 12) }
      if applies(1) { sampler.topP = max(0.01, units[1]) }
      if applies(2) { sampler.minP = units[2] * units[2] }
      if applies(3) { sampler.typical = units[3] }
      let expected = SortedSampling(logits, sampler).chances
      // Single precision may see it otherwise where a sum is just what is wanted.
      let isClear = [-1e-5, 1e-5].allSatisfy {
        SortedSampling(logits, sampler, slack: $0).chances == expected
      }
      guard isClear else {
        skipped += 1
        continue
      }
      var sum = 0.0
      for (id, chance) in expected.enumerated() {
        defer { sum += chance }
        guard chance > 1e-4 else { continue }
        // Near both ends of its part, which a token too many would move.
        for place in [0.02, 0.98] {
          var generator = ForeseenGenerator(unit: sum + place * chance)
          let drawn = Self.draw(&sampler, logits, &generator)
          #expect(drawn == id, "round \(round): \(sampler)")
        }
      }
    }
    #expect(skipped < 60, "\(skipped) distributions were skipped")
  }

  @Test("Top-p 0, top-k 1 and temperatures near 0 take the likeliest; min-p 1 those as likely")
  func greedy() {
    var generator = Philox(key: 2)
    let greedy = [
      Way("") { $0.topP = 0 }, Way("") { $0.topK = 1 }, Way("") { $0.temperature = 1e-300 },
      Way("") { $0.temperature = 1e-30 },
    ]
    for _ in 0..<200 {
      let logits = (0..<50).map { _ in Float(generator.nextUnit() * 9) }
      let best = logits.indices.max { logits[$0] < logits[$1] }
      for way in greedy + [Way("") { $0.minP = 1 }] {
        var sampler = way.sampler
        #expect(Self.draw(&sampler, logits, &generator) == best)
      }
    }
    var sampler = Way("") { $0.minP = 1 }.sampler
    let drawn = Set((0..<100).map { _ in Self.draw(&sampler, [1, 3, 2, 3], &generator) })
    #expect(drawn == [1, 3])
  }

  @Test("Whatever is asked for, a token that is forbidden is not drawn, and nothing if all are")
  func forbidden() {
    var generator = Philox(key: 8)
    var mirostat = Sampler()
    mirostat.mirostat = Mirostat(target: 3)
    for way in Self.ways + [Way("mirostat") { $0 = mirostat }] {
      var sampler = way.sampler
      for _ in 0..<300 {
        let id = Self.draw(&sampler, [-.infinity, 2, -.infinity, 1], &generator)
        #expect(id == 1 || id == 3)
      }
      let none = [Float](repeating: -.infinity, count: 9)
      #expect(Self.draw(&sampler, none, &generator) == nil)
      // The last possible number, where rounding may leave a rest.
      var last = ForeseenGenerator(unit: 1 - 0x1p-53)
      let id = Self.draw(&sampler, [1, 0.3, 0.1, -.infinity], &last)
      #expect(id.map { $0 < 3 } == true)
    }
  }
}
