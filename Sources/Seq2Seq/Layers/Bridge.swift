package import Kernels

/// Makes the decoder's first state from the encoder's states.
///
///     s_0 = tanh(mean_j h_j · W_0 + b_0)
///
/// The mean stands where Bahdanau et al. (2015), appendix A.2.2, take the last backward state.
package struct Bridge<Element: Scalar>: Sendable {
  private let w: PackedMatrix<Element>  // D×H
  private let bias: Matrix<Element>  // 1×H

  /// What `backward` needs to know about one call of `forward`.
  package struct Tape {
    let means: Matrix<Element>  // B×D
    let first: Matrix<Element>  // s_0, B×H
  }

  package init(_ parameters: ParameterBuffer<Element>) {
    w = PackedMatrix(parameters["bridge.W_0"])
    bias = parameters["bridge.b_0"]
  }

  package var packings: [PackedMatrix<Element>] { [w] }

  /// Sets the rows of `first` to the first states for the sources of these numbers.
  package func forward(
    _ sources: AttendedSources<Element>, numbers: ArraySlice<Int>, into first: Matrix<Element>,
    arena: Arena<Element>
  ) -> Tape {
    let means = arena.zeros(numbers.count, w.rows)
    for (row, number) in numbers.enumerated() {
      let length = sources.lengths[number]
      for j in 0..<length {
        Element.addScaled(
          count: w.rows, 1 / Element(length), sources.states.row(sources.offsets[number] + j),
          to: means.row(row))
      }
    }
    w.multiply(means, into: first)
    Element.tanhOfSum(rows: first.rows, columns: first.columns, first.base, bias: bias.base)
    return Tape(means: means, first: first)
  }

  /// Takes ∂loss/∂s_0 back to the weights and the sources' states; `dFirst` is used up.
  package func backward(
    _ dFirst: Matrix<Element>, _ tape: Tape, sources: AttendedSources<Element>,
    numbers: ArraySlice<Int>, dStates: Matrix<Element>, terms: GradientTerms<Element>,
    arena: Arena<Element>
  ) {
    Element.tanhBackward(count: dFirst.count, output: tape.first.base, gradient: dFirst.base)
    terms.addProduct(tape.means, dFirst, to: terms.gradients["bridge.W_0"])
    terms.addColumnSums(of: dFirst, to: terms.gradients["bridge.b_0"])
    let dMeans = arena.matrix(numbers.count, w.rows)
    w.multiplyTransposed(dFirst, into: dMeans)
    for (row, number) in numbers.enumerated() {
      let length = sources.lengths[number]
      for j in 0..<length {
        Element.addScaled(
          count: w.rows, 1 / Element(length), dMeans.row(row),
          to: dStates.row(sources.offsets[number] + j))
      }
    }
  }
}
