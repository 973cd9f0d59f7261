import Glibc
import Kernels
import Seq2Seq
import Testing

/// The models that there are, by the settings that decide what is computed.
enum ModelFamily {
  /// One model, and the dropout it is trained with.
  struct Member: Sendable, CustomTestStringConvertible {
    fileprivate var levels: [Int]
    var configuration: Configuration
    var dropout: DropoutRates
    var testDescription: String {
      zip(levels, ModelFamily.factors).map { $1.levels[$0] }.joined(separator: " ")
    }
  }

  /// A setting and what it may be.
  fileprivate struct Factor: Sendable {
    let levels: [String]
    let apply: @Sendable (Int, inout Member) -> Void
  }

  /// Models in which any two settings that can stand together do, at least once; or with
  /// HUABEN_EVERY_MODEL in the environment every cell with every attention, depth and direction,
  /// the other settings drawn at random.
  static let configurations: [Member] = isWhole ? everyModel() : pairwise
  static var isWhole: Bool { getenv("HUABEN_EVERY_MODEL") != nil }

  private static func member(_ levels: [Int]) -> Member? {
    var member = Member(
      levels: levels, configuration: GradientTests.configuration,
      dropout: DropoutRates(activations: 0))
    for (factor, level) in zip(factors, levels) { factor.apply(level, &member) }
    return member.configuration.contradiction == nil ? member : nil
  }

  /// Draws levels until they make a model; those that are given stay.
  private static func draw(_ given: [Int?], _ generator: inout Philox) -> Member? {
    for _ in 0..<2000 {
      let levels = factors.enumerated().map { number, factor in
        (number < given.count ? given[number] : nil)
          ?? Int(generator.next() % UInt64(factor.levels.count))
      }
      if let member = member(levels) { return member }
    }
    return nil
  }

  /// Models in which any two settings that can stand together do, at least once.
  static let pairwise: [Member] = coverPairs()

  private static func coverPairs() -> [Member] {
    var generator = Philox(key: 4)
    var covered: Set<[Int]> = []
    var members: [Member] = []
    func pairs(_ member: Member) -> Set<[Int]> {
      var pairs: Set<[Int]> = []
      for i in member.levels.indices {
        for j in 0..<i { pairs.insert([i, member.levels[i], j, member.levels[j]]) }
      }
      return pairs
    }
    var misses = 0
    while misses < 30 {
      let candidates = (0..<20).compactMap { _ in draw([], &generator) }
      guard
        let best = candidates.max(by: {
          pairs($0).subtracting(covered).count < pairs($1).subtracting(covered).count
        }), !pairs(best).isSubset(of: covered)
      else {
        misses += 1
        continue
      }
      misses = 0
      covered.formUnion(pairs(best))
      members.append(best)
    }
    return members
  }

  private static func everyModel() -> [Member] {
    var generator = Philox(key: 5)
    var members: [Member] = []
    func add(_ given: [Int?]) {
      guard given.count < 5 else {
        if let member = draw(given, &generator) { members.append(member) }
        return
      }
      for level in factors[given.count].levels.indices { add(given + [level]) }
    }
    add([])
    return members
  }

  fileprivate static let factors: [Factor] = [
    Factor(levels: Configuration.Cell.allCases.map(\.rawValue)) {
      $1.configuration.cell = Configuration.Cell.allCases[$0]
    },
    Factor(levels: Configuration.Attention.allCases.map(\.rawValue) + ["first-state"]) {
      let kinds = Configuration.Attention.allCases
      $1.configuration.attention = $0 < kinds.count ? kinds[$0] : .none
      if $0 == kinds.count { $1.configuration.fixedContext = .firstState }
    },
    Factor(levels: ["enc1", "enc2"]) { $1.configuration.encoderDepth = $0 + 1 },
    Factor(levels: ["dec1", "dec2"]) { $1.configuration.decoderDepth = $0 + 1 },
    Factor(levels: ["both-ways", "one-way", "backwards"]) {
      $1.configuration.encoder = $0 == 0 ? .bidirectional : .unidirectional
      $1.configuration.isSourceReversed = $0 == 2
    },
    Factor(levels: ["plain", "residual"]) { $1.configuration.isResidual = $0 == 1 },
    Factor(levels: ["", "normalized"]) { $1.configuration.isNormalized = $0 == 1 },
    Factor(levels: ["global", "local"]) { $1.configuration.attentionWindow = 2 * $0 },
    Factor(levels: ["", "coverage"]) {
      $1.configuration.hasCoverage = $0 == 1
      $1.configuration.coverageLoss = 0.7 * Double($0)
    },
    Factor(levels: ["", "feeding"]) { $1.configuration.hasInputFeeding = $0 == 1 },
    Factor(levels: ["previous", "current"]) {
      $1.configuration.attentionState = Configuration.AttentionState.allCases[$0]
    },
    Factor(levels: Configuration.Bridge.allCases.map(\.rawValue)) {
      $1.configuration.bridge = Configuration.Bridge.allCases[$0]
    },
    Factor(levels: Configuration.Readout.allCases.map(\.rawValue)) {
      $1.configuration.readout = Configuration.Readout.allCases[$0]
    },
    Factor(levels: Configuration.Embeddings.allCases.map(\.rawValue)) {
      $1.configuration.embeddings = Configuration.Embeddings.allCases[$0]
    },
    Factor(levels: ["", "dropout", "state-dropout"]) {
      $1.dropout = DropoutRates(
        activations: $0 > 0 ? 0.3 : 0, states: $0 == 2 ? 0.3 : 0)
    },
  ]
}
