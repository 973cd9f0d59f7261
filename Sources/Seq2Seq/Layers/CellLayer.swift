package import Kernels

/// A recurrent cell and its weights.
///
/// For input size I, hidden size H and G gates W is I×GH, U is H×GH and b is 1×GH. The last X rows
/// of W belong to a part of the input that is known only at its step; W and U lie one behind the
/// other, so that these rows and U are one matrix.
package struct CellLayer<Element: Scalar>: Sendable {
  let cell: any RecurrentCell<Element>
  let prefix: String
  let knownSize: Int
  let extraSize: Int
  let hiddenSize: Int
  private let bias: Matrix<Element>
  let known: PackedMatrix<Element>?  // the first I − X rows of W
  let knownNormalization: LayerNormalization<Element>?
  let products: [JointProduct<Element>]

  /// Takes the arrays `prefix.W`, `prefix.U` and `prefix.b`, and of a normalised model their gains
  /// `prefix.g_W` and `prefix.g_U`.
  package init(
    _ configuration: Configuration, parameters: ParameterBuffer<Element>, prefix: String,
    extraSize: Int
  ) {
    let (w, u) = (parameters["\(prefix).W"], parameters["\(prefix).U"])
    precondition(w.base + w.count == u.base, "'\(prefix).U' does not follow '\(prefix).W'")
    cell = configuration.cell.make(Element.self)
    self.prefix = prefix
    self.extraSize = extraSize
    knownSize = w.rows - extraSize
    hiddenSize = u.rows
    bias = parameters["\(prefix).b"]
    known = knownSize > 0 ? PackedMatrix(w.rows(0, count: knownSize)) : nil
    func normalization(_ name: String, _ columns: Range<Int>) -> LayerNormalization<Element>? {
      guard configuration.isNormalized else { return nil }
      return LayerNormalization(
        gain: parameters["\(prefix).\(name)"].columns(columns.lowerBound, count: columns.count))
    }
    knownNormalization = knownSize > 0 ? normalization("g_W", 0..<w.columns) : nil
    let stacked = Self.stacked(w, u, extraSize: extraSize)
    products = cell.productColumns(hidden: u.rows).map { columns in
      JointProduct(
        weights: PackedMatrix(stacked.columns(columns.lowerBound, count: columns.count)),
        columns: columns, normalization: normalization("g_U", columns))
    }
  }

  package var packings: [PackedMatrix<Element>] {
    (known.map { [$0] } ?? []) + products.map(\.weights)
  }

  /// The last rows of W above all rows of U.
  static func stacked(
    _ w: Matrix<Element>, _ u: Matrix<Element>, extraSize: Int
  ) -> Matrix<Element> {
    Matrix(w.row(w.rows - extraSize), rows: extraSize + u.rows, columns: w.columns)
  }
}

extension CellLayer {
  /// What the way back needs to know about one pass; all rows as ``RaggedSteps`` says.
  package struct Tape {
    let steps: RaggedSteps
    let inputs: Matrix<Element>  // the known part of x, N×(I−X)
    let gates: Matrix<Element>  // N×GH
    let joint: Matrix<Element>  // [extra ; h], N×(X+H)
    let hidden: Matrix<Element>  // B rows of first states, then the outputs; (B+N)×H
    let memory: Matrix<Element>  // likewise, (B+N)×M
    let products: [JointProduct<Element>.Rows]
    let known: LayerNormalization<Element>.Rows?
    /// The mask on the states, the same at every step.
    let dropout: Dropout?

    /// The hidden states of all steps, N×H.
    var outputs: Matrix<Element> { hidden.rows(steps.sequenceCount, count: steps.rowCount) }
    /// The part of the joint input that is set before each step, N×X.
    var extra: Matrix<Element> {
      joint.columns(0, count: joint.columns - hidden.columns)
    }
    /// The states from which the first step goes on, B×H.
    var firstHidden: Matrix<Element> { hidden.rows(0, count: steps.sequenceCount) }
    var firstMemory: Matrix<Element> { memory.rows(0, count: steps.sequenceCount) }

    /// The rows of one step.
    func rows(of step: Int) -> CellStep<Element> {
      let (active, offset) = (steps.active[step], steps.offset[step])
      let (from, to) = (steps.predecessor(of: step), steps.successor(of: step))
      return CellStep(
        joint: joint.rows(offset, count: active), gates: gates.rows(offset, count: active),
        previous: hidden.rows(from, count: active),
        previousMemory: memory.rows(from, count: active),
        memory: memory.rows(to, count: active), output: hidden.rows(to, count: active),
        products: products.map { $0.rows(offset, count: active) })
    }
  }

  /// Begins a pass: makes x·W + b for all steps; first states and memories are yet to be set.
  ///
  /// - Parameters:
  ///   - inputs: The known part of x, N×(I−X).
  ///   - steps: How the rows belong together.
  ///   - dropout: The mask on the states, if any.
  ///   - arena: Where the results go.
  /// - Returns: The pass.
  func begin(
    _ inputs: Matrix<Element>, steps: RaggedSteps, dropout: Dropout?, arena: Arena<Element>
  ) -> Tape {
    let (rows, first) = (steps.rowCount, steps.sequenceCount)
    let gates = arena.matrix(rows, bias.columns)
    let normal = knownNormalization?.makeRows(rows, arena: arena)
    if let known, let knownNormalization, let normal {
      gates.fill(0)
      known.multiply(inputs, into: normal.normal)
      knownNormalization.add(normal, to: gates)
    } else if let known {
      known.multiply(inputs, into: gates)
    } else {
      gates.fill(0)
    }
    Element.addBias(rows: rows, columns: gates.columns, gates.base, bias: bias.base)
    let memorySize = cell.memorySize(extra: extraSize, hidden: hiddenSize)
    return Tape(
      steps: steps, inputs: inputs, gates: gates,
      joint: arena.matrix(rows, extraSize + hiddenSize),
      hidden: arena.matrix(first + rows, hiddenSize),
      memory: arena.matrix(first + rows, memorySize),
      products: products.map {
        // A single product is added to the gates at once.
        let most = products.count > 1 ? steps.active.first ?? 0 : 0
        return $0.makeRows(rows, most: most, arena: arena)
      }, known: normal, dropout: dropout)
  }

  /// Advances by one step, whose `extra` rows have been set.
  func advance(_ tape: Tape, step: Int) {
    let rows = tape.rows(of: step)
    let state = rows.joint.columns(extraSize, count: hiddenSize)
    state.copy(from: rows.previous)
    mask(state, of: tape)
    cell.forward(rows, by: products)
  }

  /// The masks of the sequences that have a step, which are those of the first rows.
  func mask(_ rows: Matrix<Element>, of tape: Tape) {
    guard let dropout = tape.dropout else { return }
    Activity.embedding.measure {
      for row in 0..<rows.rows {
        dropout.apply(to: rows.row(row), columns: rows.columns, index: tape.steps.order[row])
      }
    }
  }
}
