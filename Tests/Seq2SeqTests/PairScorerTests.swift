import Glibc
import Kernels
import Seq2Seq
import Testing

@Suite("Losses of one model and of several")
struct PairScorerTests {
  private static let list: PairList = {
    var lines: [[UInt32]] = []
    for line in 0..<90 {
      let tokens = (0...line % 7).map { UInt32(261 + (line * 3 + $0) % 7) }
      lines.append(tokens + [262])
    }
    return pairs([lines + [[], [263]]])
  }()

  private func scorer(_ shares: [(UInt64, Double)], threads: Int = 1) -> PairScorer {
    let members = shares.map { seed, share in
      PairScorer.Member(
        GradientTests.trainable(seed: seed), on: Self.list, maximumSourceLength: 100,
        share: share)
    }
    return PairScorer(
      members, pool: WorkerPool(threadCount: threads),
      arenas: (0..<threads).map { _ in Arena() })
  }

  /// The losses of all tokens, pair by pair.
  private func losses(_ scorer: PairScorer) -> [[Double]] {
    var all: [[Double]] = []
    scorer.forEachPair { number, losses in
      #expect(number == all.count)
      all.append(losses)
    }
    return all
  }

  @Test("The losses of tokens come in order and add up to those of pairs")
  func tokens() {
    for threads in [1, 3] {
      let scorer = scorer([(3, 1)], threads: threads)
      let (tokens, evaluation) = (losses(scorer), Evaluation(scorer))
      #expect(tokens.map(\.count) == (0..<Self.list.count).map(Self.list.targetTokenCount))
      #expect(tokens.map { $0.reduce(0, +) } == evaluation.lossOfPair)
    }
  }

  @Test("Some pairs at a time are scored as all are")
  func windows() {
    let scorer = scorer([(3, 1), (4, 2)])
    for windowTokens in [1, 50] {
      var all: [[Double]] = []
      scorer.forEachPair(windowTokens: windowTokens) { number, losses in
        #expect(number == all.count)
        all.append(losses)
      }
      #expect(all.map(\.count) == (0..<Self.list.count).map(Self.list.targetTokenCount))
      for (some, every) in zip(all.joined(), losses(scorer).joined()) {
        #expect(abs(some - every) < 1e-5)
      }
    }
  }

  @Test("A model with itself is the model")
  func alone() {
    let alone = losses(scorer([(3, 1)]))
    #expect(losses(scorer([(3, 0.5), (3, 0.5)])) == alone)
    #expect(losses(scorer([(3, 0.25), (3, 0.75)])) == alone)
  }

  @Test("Probabilities are averaged, with their shares")
  func average() {
    let (first, second) = (losses(scorer([(3, 1)])), losses(scorer([(4, 1)])))
    let mixed = losses(scorer([(3, 0.7), (4, 0.3)]))
    #expect(first != second)
    for (pair, (left, right)) in zip(mixed, zip(first, second)) {
      for (loss, (a, b)) in zip(pair, zip(left, right)) {
        #expect(abs(exp(-loss) - 0.7 * exp(-a) - 0.3 * exp(-b)) < 1e-12)
      }
    }
  }

  @Test("Each model reads its own source")
  func sources() {
    // One reads a sentence more, which a model that reads one does not notice.
    let longer = pairs([[[261], [262], [263]]], contextSentences: 2)
    let shorter = pairs([[[261], [262], [263]]])
    let (one, other) = (GradientTests.trainable(seed: 3), GradientTests.trainable(seed: 4))
    func losses(_ members: [PairScorer.Member]) -> [[Double]] {
      self.losses(PairScorer(members, pool: WorkerPool(threadCount: 1), arenas: [Arena()]))
    }
    func member(
      _ model: Seq2Seq<Float>, _ pairs: PairList, _ share: Double = 1
    ) -> PairScorer.Member {
      PairScorer.Member(model, on: pairs, maximumSourceLength: 100, share: share)
    }
    let mixed = losses([member(one, longer, 0.5), member(other, shorter, 0.5)])
    let (first, second) = (losses([member(one, longer)]), losses([member(other, shorter)]))
    for place in 0..<2 {
      let p = (exp(-first[1][place]) + exp(-second[1][place])) / 2
      #expect(abs(exp(-mixed[1][place]) - p) < 1e-12)
    }
    #expect(losses([member(one, longer)])[1] != losses([member(one, shorter)])[1])
  }

  @Test("Candidates are in the order of their scores, equal ones in theirs")
  func ranking() {
    let text = RunningText()
    for target in [[263], [261, 262, 264, 265], [263], [262]] as [[UInt32]] {
      text.appendLine([261, 262])
      text.appendLine(target)
    }
    let list = text.givenPairs(0..<4, maximumLength: PairList.unlimited)
    let member = PairScorer.Member(
      GradientTests.trainable(seed: 3), on: list, maximumSourceLength: 100)
    let scorer = PairScorer([member], pool: WorkerPool(threadCount: 1), arenas: [Arena()])
    let losses = Evaluation(scorer).lossOfPair
    let plain = CandidateRanking(scorer, lengthPenalty: 0)
    #expect(plain.scores == losses.map { -$0 })
    let order = plain.order(of: 0..<4)
    #expect(order.last == 1, "the longest is the least likely")
    #expect(order.firstIndex(of: 0) == order.firstIndex(of: 2).map { $0 - 1 })
    let normal = CandidateRanking(scorer, lengthPenalty: 1)
    // Two tokens and five.
    #expect(abs(normal.scores[0] + losses[0] / (7.0 / 6)) < 1e-12)
    #expect(abs(normal.scores[1] + losses[1] / (10.0 / 6)) < 1e-12)
    #expect(CandidateRanking(scorer, lengthPenalty: 9).order(of: 0..<4)[0] == 1)
    #expect(plain.order(of: 1..<2) == [1])
  }
}
