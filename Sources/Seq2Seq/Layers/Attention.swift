package import Kernels

/// Encoded sources as the decoder looks at them.
package struct AttendedSources<Element: Scalar> {
  /// h, the sources one after the other, N×D.
  package let states: Matrix<Element>
  /// What the attention made of h beforehand, N×A.
  package let keys: Matrix<Element>
  /// The first row of each source.
  package let offsets: [Int]
  /// S of each source.
  package let lengths: [Int]

  package var longest: Int { lengths.max() ?? 0 }
}

/// The gradients of ``AttendedSources``, in the same places.
package struct SourceGradients<Element: Scalar> {
  package let dStates: Matrix<Element>
  package let dKeys: Matrix<Element>
}

/// How the decoder weighs the states of a source at each of its steps.
package protocol Attention<Element>: Sendable {
  associatedtype Element: Scalar

  var packings: [PackedMatrix<Element>] { get }

  /// The width of `dScores` on the way back.
  var scoreGradientSize: Int { get }

  /// Makes of the encoder's states what does not depend on the decoder's.
  func keys(of states: Matrix<Element>, arena: Arena<Element>) -> Matrix<Element>

  /// Looks at the sources, for one step of some rows.
  ///
  /// - Parameters:
  ///   - previous: s_{i−1}, B×H.
  ///   - sources: What is looked at.
  ///   - numbers: Which source each row looks at.
  ///   - queries: Receives what the keys are compared with, B×A.
  ///   - weights: Receives a_i; B rows, of which a row's first S numbers are used.
  ///   - contexts: Receives c_i, B×D.
  func forward(
    previous: Matrix<Element>, sources: AttendedSources<Element>, numbers: ArraySlice<Int>,
    queries: Matrix<Element>, weights: Matrix<Element>, contexts: Matrix<Element>)

  /// Takes the gradient of the contexts back through one step.
  ///
  /// - Parameters:
  ///   - dContexts: ∂loss/∂c_i, B×D.
  ///   - sources: As given to `forward`.
  ///   - numbers: As given to `forward`.
  ///   - queries: As `forward` set them, B×A.
  ///   - weights: As `forward` set them.
  ///   - dQueries: Receives ∂loss/∂queries, B×A.
  ///   - dPrevious: Where to add ∂loss/∂s_{i−1}, B×H.
  ///   - dSources: Where to add the sources' gradients.
  ///   - dScores: Where to add what `addWeightGradients` gets as such, one row.
  ///   - scratch: One row of at least S numbers.
  func backward(
    dContexts: Matrix<Element>, sources: AttendedSources<Element>, numbers: ArraySlice<Int>,
    queries: Matrix<Element>, weights: Matrix<Element>, dQueries: Matrix<Element>,
    dPrevious: Matrix<Element>, dSources: SourceGradients<Element>,
    dScores: Matrix<Element>, scratch: Matrix<Element>)

  /// Adds the weights' gradients for all steps at once, and the keys' to the states'.
  ///
  /// - Parameters:
  ///   - previous: s_{i−1} of all steps, N×H.
  ///   - dQueries: What `backward` set, for all steps, N×A.
  ///   - sources: As given to `forward`.
  ///   - dSources: Whose `dStates` are added to.
  ///   - dScores: What `backward` added to, for all steps together.
  ///   - terms: Where to add.
  func addWeightGradients(
    previous: Matrix<Element>, dQueries: Matrix<Element>, sources: AttendedSources<Element>,
    dSources: SourceGradients<Element>, dScores: Matrix<Element>, terms: GradientTerms<Element>)
}

extension Configuration.Attention {
  /// The attention of this kind.
  package func make<Element: Scalar>(
    _ parameters: ParameterBuffer<Element>
  ) -> any Attention<Element> {
    switch self {
    case .additive: AdditiveAttention(parameters)
    }
  }
}
