import Kernels
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
      .dependence(before: 0, after: 0), .dependence(before: 1, after: 1e-3),
      .start(loss: 2.2, unigram: 2), .start(loss: 1.8, unigram: 2),
      .overfitting(before: 5, after: .nan, updates: 9),
    ]
    for finding in failing { #expect(finding.verdict == .failed, "\(finding)") }
    for (right, verdict) in [(89, SelfCheck.Verdict.notLearned), (90, .passed)] {
      #expect(SelfCheck.Finding.reversal(right: right, of: 100, updates: 9).verdict == verdict)
    }
    #expect(
      SelfCheck.Finding.overfitting(before: 5, after: 0.2, updates: 9).verdict == .notLearned)
    #expect(SelfCheck.Finding.start(loss: 2.05, unigram: 2).verdict == .passed)
  }

  private static func check(
    _ adjust: (inout Configuration) -> Void = { _ in }, losses: @escaping SelfCheck.Losses
  ) -> SelfCheck {
    var configuration = GradientTests.configuration
    adjust(&configuration)
    return SelfCheck(
      configuration, dropout: DropoutRates(activations: 0), seed: 2, losses: losses)
  }

  @Test("A sound model's losses depend on what comes before alone")
  func sound() {
    for member in ModelFamily.configurations {
      let check = SelfCheck(
        member.configuration, dropout: DropoutRates(activations: 0), seed: 2)
      #expect(check.dependence().verdict == .passed, "\(member.testDescription)")
      #expect(check.padding().verdict == .passed, "\(member.testDescription)")
    }
  }

  @Test("A cell that ignores its state is condemned")
  func noRecurrence() {
    let check = Self.check({
      ($0.cell, $0.attention) = (.rnn, .none)
    }) { model, batch in
      for entry in model.parameters.list.entries where entry.name.hasSuffix(".U") {
        for index in entry.offset..<(entry.offset + entry.count) {
          model.parameters.elements[index] = 0
        }
      }
      return model.losses(of: batch, arena: Arena())
    }
    #expect(check.dependence().verdict == .failed)
  }

  @Test("A decoder that sees what it should predict is condemned")
  func copiedInput() {
    let check = Self.check { model, batch in
      var leaking = Batch()
      for number in 0..<batch.count {
        leaking.append(
          source: Array(batch.sources[number]) + Array(batch.targets[number]),
          target: batch.targets[number])
      }
      return model.losses(of: leaking, arena: Arena())
    }
    #expect(check.dependence().verdict == .failed)
  }

  @Test("Padding that is counted is condemned")
  func padding() {
    let check = Self.check { model, batch in
      var padded = Batch()
      let longest = (0..<batch.count).map { batch.targets[$0].count }.max() ?? 0
      for number in 0..<batch.count {
        let target = Array(batch.targets[number])
        padded.append(
          source: batch.sources[number],
          target: target + Array(repeating: 0, count: longest - target.count))
      }
      return model.losses(of: padded, arena: Arena())
    }
    #expect(check.padding().verdict == .failed)
  }

  @Test("However short the texts are cut, the checks have the places they need")
  func places() {
    var configuration = GradientTests.configuration
    configuration.attention = .location
    configuration.maximumSourceLength = 2
    #expect(GradientCheck.makeModel(configuration, seed: 1).configuration.maximumSourceLength == 20)
    let check = SelfCheck(configuration, dropout: DropoutRates(activations: 0), seed: 2)
    #expect(check.start().verdict == .passed)
    #expect(check.overfitting().verdict == .passed)
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
