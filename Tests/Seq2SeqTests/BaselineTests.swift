import Glibc
import Kernels
import Seq2Seq
import Testing

@Suite("Baselines and schedules, by hand")
struct BaselineTests {
  @Test("Unigram and bigram figures of a text that fits on a line")
  func figures() {
    // Targets: [300 3] and [300 3]; n = 4, V = 301, p(300) = p(3) = 2.5 / 154.5.
    let list = pairs([[[299], [300], [300]]])
    let losses = Baselines(countedOn: list, vocabularySize: 301).losses(on: list)
    let p = 2.5 / (4 + 150.5)
    #expect(abs(losses.unigram + 4 * log(p)) < 1e-12)
    // After <s> came 300 twice, one type: (2 + p) / 3; after 300 came </s> twice.
    #expect(abs(losses.bigram + 4 * log((2 + p) / 3)) < 1e-12)
  }

  @Test("The unigram model is a distribution")
  func distribution() {
    let list = pairs([[[299], [300], [270, 271]]])
    let total = Baselines(countedOn: list, vocabularySize: 301).unigram.logProbabilities.reduce(0) {
      $0 + exp($1)
    }
    #expect(abs(total - 1) < 1e-12)
  }

  @Test("A run is as far as its first limit")
  func progress() {
    var plan = TrainingPlan()
    plan.seconds = 100
    plan.epochs = 2
    #expect(plan.progress(seconds: 50, updates: 3, epochs: 0.3) == 0.5)
    #expect(plan.progress(seconds: 50, updates: 15, epochs: 1.5) == 0.75)
    #expect(plan.progress(seconds: 500, updates: 1, epochs: 0.1) == 1)
  }

  @Test("A perplexity is e to the nats, bits are nats by ln 2")
  func evaluation() {
    let model = GradientTests.trainable(seed: 3)
    let list = pairs([[[261, 262], [263], [], [264, 265]]])
    let pool = WorkerPool(threadCount: 1)
    let evaluation = Evaluation(
      of: model, on: list, pool: pool, arenas: [Arena()], maximumSourceLength: 10)
    #expect(evaluation.tokenCount == 6)
    #expect(abs(evaluation.lossOfPair.reduce(0, +) - evaluation.loss) < 1e-9)
    #expect(abs(evaluation.perplexity - exp(evaluation.loss / 6)) < 1e-9)
    #expect(abs(evaluation.bitsPerCharacter(3) - evaluation.loss / 3 / log(2)) < 1e-9)
  }
}
