package import Kernels

/// The rows of one time step, which a cell reads and writes.
///
/// The `joint` input is [extra ; h]: a part of the input that is known only at this step (the
/// decoder's context, or the output of the layer below) beside the hidden state before, to which
/// dropout has been applied if there is any.
package struct CellStep<Element: Scalar> {
  let joint: Matrix<Element>  // [extra ; h], B×(X+H)
  let gates: Matrix<Element>  // x·W + b on entry, what the way back needs on return; B×GH
  let previous: Matrix<Element>  // h, B×H
  let previousMemory: Matrix<Element>  // B×M
  let memory: Matrix<Element>  // receives B×M
  let output: Matrix<Element>  // receives h′, B×H
  /// For each product of the cell what ``JointProduct`` keeps.
  let products: [JointProduct<Element>.Rows]
}

/// What goes back through the steps of a layer.
package struct CellCarry<Element: Scalar> {
  let dPrevious: Matrix<Element>  // ∂loss/∂h of the step that comes next on the way back, B×H
  let dMemory: Matrix<Element>  // likewise, B×M
  let dJoint: Matrix<Element>  // of the step at hand, B×(X+H)
  let dGains: [Matrix<Element>]  // 1×width, added up over the steps; for layer normalisation
}

/// One time step of a recurrent network, forward and back.
///
/// The sums x·W + b are made for all time steps at once beforehand; the cell adds what depends on
/// the step before.
package protocol RecurrentCell<Element>: Sendable {
  associatedtype Element: Scalar

  /// The columns of the gates that each product of the step gives, for a state of width H.
  func productColumns(hidden: Int) -> [Range<Int>]

  /// M, the width of what a step keeps beside h.
  func memorySize(extra: Int, hidden: Int) -> Int

  /// Whether ∂loss/∂h has a part that does not come from the joint input.
  var passesStateOn: Bool { get }

  /// Advances by one step.
  func forward(_ step: CellStep<Element>, by products: [JointProduct<Element>])

  /// Takes a gradient back through one step.
  ///
  /// The gates become the gradients of their sums, `carry.dMemory` that of the memory before;
  /// `carry.dJoint` is set, and `carry.dPrevious` where the cell passes the state on.
  ///
  /// - Parameters:
  ///   - dOutput: ∂loss/∂h′, B×H.
  ///   - step: As `forward` left it.
  ///   - products: As given to `forward`.
  ///   - carry: Its first B rows belong to this step.
  func backward(
    dOutput: Matrix<Element>, _ step: CellStep<Element>, by products: [JointProduct<Element>],
    _ carry: CellCarry<Element>)

  /// The inputs of a product, for all steps at once: N×(X+H).
  func input(ofProduct number: Int, joint: Matrix<Element>, memory: Matrix<Element>)
    -> Matrix<Element>
}

extension RecurrentCell {
  package var passesStateOn: Bool { false }

  package func input(
    ofProduct number: Int, joint: Matrix<Element>, memory: Matrix<Element>
  ) -> Matrix<Element> { joint }
}

extension Configuration.Cell {
  /// The cell of this kind.
  package func make<Element: Scalar>(_ element: Element.Type) -> any RecurrentCell<Element> {
    switch self {
    case .rnn: RNNCell<Element>()
    case .lstm: LSTMCell<Element>()
    case .gru: GRUCell<Element>()
    }
  }
}
