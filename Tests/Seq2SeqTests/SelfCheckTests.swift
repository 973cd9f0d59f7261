import Seq2Seq
import Testing

@Suite("The checks of a model")
struct SelfCheckTests {
  @Test("A finding that is not as it should be has not passed")
  func failing() {
    let failing: [SelfCheck.Finding] = [
      .gradients(worstError: 1e-5, array: "a", arrayCount: 2, unreached: []),
      .gradients(worstError: .nan, array: "a", arrayCount: 2, unreached: []),
      .gradients(worstError: 1e-9, array: "a", arrayCount: 2, unreached: ["b"]),
      .padding(difference: 1e-6), .padding(difference: .nan),
      .start(loss: 2.2, unigram: 2), .start(loss: 1.8, unigram: 2),
      .overfitting(before: 5, after: 0.2, updates: 9),
      .overfitting(before: 5, after: .nan, updates: 9),
      .reversal(right: 89, of: 100, updates: 9),
    ]
    for finding in failing { #expect(!finding.isPassed, "\(finding)") }
    #expect(SelfCheck.Finding.reversal(right: 90, of: 100, updates: 9).isPassed)
    #expect(SelfCheck.Finding.start(loss: 2.05, unigram: 2).isPassed)
  }

  @Test("A gradient that is wrong is found")
  func wrongGradient() {
    var results = GradientCheck(
      GradientTests.configuration, dropout: DropoutRates(activations: 0), seed: 3
    ).run(samples: 4)
    #expect(results.allSatisfy { $0.worstError < 1e-6 })
    results = GradientCheck(
      GradientTests.configuration, dropout: DropoutRates(activations: 0), seed: 3
    ).run(samples: 4) { $0.elements[$0.list["bridge.W_0"].offset] *= 1.01 }
    #expect(results.filter { $0.worstError > 1e-3 }.map(\.name) == ["bridge.W_0"])
  }
}
