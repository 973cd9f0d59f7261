import ArgumentParser
import Seq2Seq

/// How far the parameters move, update by update.
struct ScheduleOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The highest learning rate (default: by the optimizer).", valueName: "rate"))
  var learnRate: Double?

  @Option(
    help: ArgumentHelp("Updates until the learning rate is reached.", valueName: "n"))
  var lrWarmup = 50

  @Option(
    help: ArgumentHelp("What the learning rate does from there on.", valueName: "schedule"))
  var lrSchedule = LearningRate.Schedule.cosine

  func validate() throws {
    if let learnRate, !(learnRate > 0 && learnRate <= 10) {
      throw ValidationError("--learn-rate takes a number above 0 and up to 10")
    }
    guard lrWarmup >= 0 else { throw ValidationError("--lr-warmup takes a number from 0 on") }
  }

  func learningRate(for method: Optimizer.Method) -> LearningRate {
    LearningRate(
      lrSchedule, peak: learnRate ?? Suggestion.learningRate(of: method), warmUp: lrWarmup)
  }
}

extension LearningRate.Schedule: ExpressibleByArgument {}
