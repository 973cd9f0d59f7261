import ArgumentParser
import Seq2Seq

/// How a gradient moves the parameters.
struct MethodOptions: ParsableArguments {
  /// The methods by the names of the field.
  enum Name: String, ExpressibleByArgument, CaseIterable {
    case adam, adamw, sgd, adadelta
  }

  @Option(help: ArgumentHelp("How a gradient moves the parameters.", valueName: "method"))
  var optimizer = Name.adamw

  @Option(
    help: ArgumentHelp(
      "Share of its velocity that sgd keeps from step to step; 0 for none (default: 0.9).",
      valueName: "share"))
  var momentum: Double?

  @Option(
    help: ArgumentHelp(
      "Share of the parameters, times the learning rate, that adamw takes away at each step (default: 0.1).",
      valueName: "share"))
  var weightDecay: Double?

  func validate() throws {
    guard momentum == nil || optimizer == .sgd else {
      throw ValidationError("--momentum goes with --optimizer sgd, not \(optimizer)")
    }
    guard weightDecay == nil || optimizer == .adamw else {
      throw ValidationError("--weight-decay goes with --optimizer adamw, not \(optimizer)")
    }
    if let momentum, !(0..<1).contains(momentum) {
      throw ValidationError("--momentum takes a share from 0 to below 1")
    }
    if let weightDecay, !(0...1).contains(weightDecay) {
      throw ValidationError("--weight-decay takes a share from 0 to 1")
    }
  }

  var method: Optimizer.Method {
    switch optimizer {
    case .adam: .adam(Adam())
    case .adamw: .adamW(weightDecay.map(AdamW.init(weightDecay:)) ?? AdamW())
    case .sgd: .gradientDescent(momentum.map(GradientDescent.init(momentum:)) ?? GradientDescent())
    case .adadelta: .adadelta(Adadelta())
    }
  }
}

extension Optimizer.Method {
  /// The options in the model's training record.
  var record: [String: String] {
    switch self {
    case .adam: ["optimizer": "adam"]
    case .adamW(let rule): ["optimizer": "adamw", "weight_decay": "\(rule.weightDecay)"]
    case .gradientDescent(let rule): ["optimizer": "sgd", "momentum": "\(rule.momentum)"]
    case .adadelta: ["optimizer": "adadelta"]
    }
  }
}
