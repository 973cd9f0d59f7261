import Seq2Seq
import Testing

@Suite("The learning rate")
struct LearningRateTests {
  @Test("The learning rate rises in a line and falls in half a cosine")
  func learningRate() {
    let schedule = LearningRate(peak: 0.4, warmUp: 10)
    #expect(abs(schedule.rate(update: 1, progress: 0) - 0.04) < 1e-12)
    #expect(abs(schedule.rate(update: 10, progress: 0) - 0.4) < 1e-12)
    #expect(abs(schedule.rate(update: 99, progress: 0.5) - 0.2) < 1e-12)
    #expect(schedule.rate(update: 99, progress: 1) == 0)
    #expect(LearningRate(peak: 1, warmUp: 0).rate(update: 1, progress: 0) == 1)
  }

  @Test("Every schedule rises in a line", arguments: LearningRate.Schedule.allCases)
  func warmUp(schedule: LearningRate.Schedule) {
    let rate = LearningRate(schedule, peak: 0.4, warmUp: 10)
    for update in 1...10 {
      #expect(abs(rate.rate(update: update, progress: 0) - 0.04 * Double(update)) < 1e-12)
    }
  }

  @Test("The inverse square root halves when the updates are four times the warm-up")
  func inverseSquareRoot() {
    let rate = LearningRate(.inverseSquareRoot, peak: 0.4, warmUp: 10)
    #expect(abs(rate.rate(update: 40, progress: 0.5) - 0.2) < 1e-12)
    #expect(abs(rate.rate(update: 90, progress: 1) - 0.4 / 3) < 1e-12)
    let atOnce = LearningRate(.inverseSquareRoot, peak: 0.4, warmUp: 0)
    #expect(abs(atOnce.rate(update: 4, progress: 0) - 0.2) < 1e-12)
  }

  @Test("Where nothing lowers it, it stays", arguments: [LearningRate.Schedule.constant, .plateau])
  func constant(schedule: LearningRate.Schedule) {
    var rate = LearningRate(schedule, peak: 0.4, warmUp: 10)
    #expect(rate.rate(update: 1000, progress: 0.9) == 0.4)
    rate.halve()
    rate.halve()
    #expect(rate.rate(update: 1000, progress: 0.9) == 0.1)
    #expect(rate.peak == 0.4 && rate.reducedPeak == 0.1)
  }
}
