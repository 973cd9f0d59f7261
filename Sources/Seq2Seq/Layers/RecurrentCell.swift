package import Kernels

/// The learned arrays of a recurrent cell, or their gradients.
///
/// Shapes, for input size I, hidden size H and G gates: W is I×GH, U is H×GH, b is 1×GH. W and U
/// lie one behind the other, so that `stacked` reads the last rows of W and all of U as one.
package struct CellWeights<Element: Scalar>: Sendable {
  package let input: Matrix<Element>
  package let recurrent: Matrix<Element>
  package let bias: Matrix<Element>

  /// Finds the arrays `prefix.W`, `prefix.U` and `prefix.b`.
  package init(_ buffer: ParameterBuffer<Element>, prefix: String) {
    input = buffer["\(prefix).W"]
    recurrent = buffer["\(prefix).U"]
    bias = buffer["\(prefix).b"]
    precondition(
      input.base + input.count == recurrent.base, "'\(prefix).U' does not follow '\(prefix).W'")
  }

  /// The last `inputRows` rows of W above all rows of U.
  package func stacked(inputRows: Int) -> Matrix<Element> {
    Matrix(
      input.row(input.rows - inputRows), rows: inputRows + recurrent.rows,
      columns: input.columns)
  }
}

/// One time step of a recurrent network, forward and back.
///
/// The sums x·W + b are made for all time steps at once beforehand; the cell adds what depends on
/// the step before. Its `joint` input is [extra ; h], a part of the input that is known only at
/// this step (the decoder's context) beside the previous hidden state, B×(X+H); `recurrent` holds
/// the rows of W for that part above U.
package protocol RecurrentCell<Element>: Sendable {
  associatedtype Element: Scalar

  /// Advances by one step.
  ///
  /// - Parameters:
  ///   - joint: [extra ; h], B×(X+H).
  ///   - recurrent: Weights of the joint input, (X+H)×GH.
  ///   - gates: x·W + b on entry, what `backward` needs on return; B×GH.
  ///   - previousMemory: What the cell keeps beside h, from the step before; B×H.
  ///   - memory: Receives this step's; B×H.
  ///   - output: Receives h′; B×H.
  func forward(
    joint: Matrix<Element>, recurrent: PackedMatrix<Element>, gates: Matrix<Element>,
    previousMemory: Matrix<Element>, memory: Matrix<Element>, output: Matrix<Element>)

  /// Takes a gradient back through one step.
  ///
  /// - Parameters:
  ///   - dOutput: ∂loss/∂h′, B×H.
  ///   - gates: What `forward` left on entry, the gradients of x·W + b on return; B×GH.
  ///   - previousMemory: As given to `forward`.
  ///   - memory: As `forward` set it.
  ///   - dMemory: ∂loss/∂memory on entry, ∂loss/∂previousMemory on return; B×H.
  ///   - recurrent: Weights of the joint input, (X+H)×GH.
  ///   - dJoint: Receives the gradient of the joint input, B×(X+H).
  func backward(
    dOutput: Matrix<Element>, gates: Matrix<Element>, previousMemory: Matrix<Element>,
    memory: Matrix<Element>, dMemory: Matrix<Element>,
    recurrent: PackedMatrix<Element>, dJoint: Matrix<Element>)

  /// Adds the gradient of the joint input's weights, for all steps at once.
  ///
  /// - Parameters:
  ///   - joint: The joint inputs of all steps, N×(X+H).
  ///   - dGates: What `backward` left in the gates of all steps, N×GH.
  ///   - dRecurrent: What it is added to, (X+H)×GH.
  ///   - terms: Where to add it.
  func addWeightGradient(
    joint: Matrix<Element>, dGates: Matrix<Element>, to dRecurrent: Matrix<Element>,
    terms: GradientTerms<Element>)
}

extension Configuration.Cell {
  /// The cell of this kind.
  package func make<Element: Scalar>(_ element: Element.Type) -> any RecurrentCell<Element> {
    switch self {
    case .lstm: LSTMCell<Element>()
    }
  }
}
