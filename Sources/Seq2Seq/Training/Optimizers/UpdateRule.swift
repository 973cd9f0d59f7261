import Kernels

/// How a gradient moves the parameters.
protocol UpdateRule: Sendable {
  /// Arrays as large as the parameters that are kept from step to step, all zero before the first.
  var momentCount: Int { get }

  /// Moves a piece of the parameters and sets its gradient to zero.
  ///
  /// - Parameters:
  ///   - piece: The same range of all arrays.
  ///   - scale: What the gradient is multiplied by before.
  ///   - rate: The learning rate.
  ///   - step: The step's number, from 1.
  func move(_ piece: ParameterPiece, scale: Float, rate: Double, step: Int)
}

/// A range of the parameters, and the same range of everything kept beside them.
struct ParameterPiece {
  let count: Int
  let parameters: UnsafeMutablePointer<Float>
  let gradient: UnsafeMutablePointer<Float>
  /// As many as the rule keeps.
  let moments: [UnsafeMutablePointer<Float>]
}

extension Optimizer {
  /// The rules there are.
  package enum Method: Equatable, Sendable {
    case adam(Adam)
    case adamW(AdamW)
    case gradientDescent(GradientDescent)
    case adadelta(Adadelta)

    var rule: any UpdateRule {
      switch self {
      case .adam(let rule): rule
      case .adamW(let rule): rule
      case .gradientDescent(let rule): rule
      case .adadelta(let rule): rule
      }
    }
  }
}
