package import Kernels

/// Encoded sources as the decoder looks at them.
package struct AttendedSources<Element: Scalar> {
  /// h, the sources one after the other, N×D.
  package let states: Matrix<Element>
  /// What the attention made of h beforehand, one row for each of h.
  package let keys: Matrix<Element>
  /// The encoder's last state in each direction, a row for each source, B×D.
  package let summary: Matrix<Element>
  /// The first row of each source.
  package let offsets: [Int]
  /// S of each source.
  package let lengths: [Int]

  package var longest: Int { lengths.max() ?? 0 }
}

/// The gradients of ``AttendedSources``, in the same places.
package struct SourceGradients<Element: Scalar> {
  package let dStates: Matrix<Element>
  /// The same as `dStates` where h itself is the key.
  package let dKeys: Matrix<Element>
  package let dSummary: Matrix<Element>
}

/// What an attention keeps of the steps of a pass, or of one step.
package struct AttentionRows<Element: Scalar> {
  let queries: Matrix<Element>  // what the keys are compared with, N×Q
  let weights: Matrix<Element>  // a_i, N×longest S; of a row the first S numbers are used
  let contexts: Matrix<Element>  // c_i, N×C
  /// Of local attention: tanh(s·W_p), N×A, and p, N×1; else without columns.
  let window: LocalWindow<Element>.Rows
  /// Of coverage: a row for every sequence's beginning, then Σ a up to each step, (B+N)×longest S.
  let coverage: Matrix<Element>
}

/// What goes back through the steps of an attention.
package struct AttentionCarry<Element: Scalar> {
  let dQueries: Matrix<Element>  // ∂loss/∂queries of all steps, N×Q
  let dWindow: Matrix<Element>  // ∂loss/∂(s·W_p) of all steps, N×A or without columns
  let dParameters: Matrix<Element>  // of v, w_c and v_p, added up over the steps; one row
  let dCoverage: Matrix<Element>  // ∂loss/∂coverage after the step at hand, B×longest S
  let scratch: Matrix<Element>  // 2×longest S
  /// λ times the scale of the loss.
  let coverageScale: Element
}

/// How the decoder is told of the source at each of its steps.
package protocol AttentionMechanism<Element>: Sendable {
  associatedtype Element: Scalar

  var packings: [PackedMatrix<Element>] { get }

  /// The width of a key.
  var keySize: Int { get }

  /// Makes of the encoder's states what does not depend on the decoder's, a row for each.
  func keys(of states: Matrix<Element>, arena: Arena<Element>) -> Matrix<Element>

  /// Room for the gradients of the keys, which may be that of the states.
  func dKeys(
    of sources: AttendedSources<Element>, dStates: Matrix<Element>, arena: Arena<Element>
  ) -> Matrix<Element>

  /// Room for the steps of a pass; coverage begins with nothing.
  func makeRows(
    _ steps: RaggedSteps, sources: AttendedSources<Element>, arena: Arena<Element>
  ) -> AttentionRows<Element>

  /// Sets the contexts of one step.
  ///
  /// - Parameters:
  ///   - state: The decoder's state that is compared, B×H.
  ///   - sources: What is looked at.
  ///   - numbers: Which source each row looks at.
  ///   - rows: Of all steps.
  ///   - step: Which step, and how rows belong together.
  func forward(
    _ state: Matrix<Element>, sources: AttendedSources<Element>, numbers: ArraySlice<Int>,
    rows: AttentionRows<Element>, step: StepPlace)

  /// Room for what goes back.
  func makeCarry(
    _ rows: AttentionRows<Element>, _ steps: RaggedSteps, coverageScale: Element,
    arena: Arena<Element>
  ) -> AttentionCarry<Element>

  /// Takes the gradient of the contexts back through one step.
  ///
  /// - Parameters:
  ///   - dContexts: ∂loss/∂c_i, B×C.
  ///   - sources: As given to `forward`.
  ///   - numbers: As given to `forward`.
  ///   - rows: As `forward` set them.
  ///   - step: Which step.
  ///   - carry: What the steps after it left.
  ///   - dState: Where to add the gradient of `state`, B×H.
  ///   - dSources: Where to add the sources' gradients.
  func backward(
    dContexts: Matrix<Element>, sources: AttendedSources<Element>, numbers: ArraySlice<Int>,
    rows: AttentionRows<Element>, step: StepPlace, _ carry: AttentionCarry<Element>,
    dState: Matrix<Element>, dSources: SourceGradients<Element>)

  /// Adds the weights' gradients for all steps at once, and the keys' to the states'.
  ///
  /// - Parameters:
  ///   - states: What `forward` compared, for all steps, N×H.
  ///   - rows: As `forward` set them.
  ///   - carry: What `backward` left.
  ///   - sources: As given to `forward`.
  ///   - dSources: Whose `dStates` are added to.
  ///   - terms: Where to add.
  func addWeightGradients(
    states: Matrix<Element>, rows: AttentionRows<Element>, _ carry: AttentionCarry<Element>,
    sources: AttendedSources<Element>, dSources: SourceGradients<Element>,
    terms: GradientTerms<Element>)
}

/// The rows of one step among those of all.
package struct StepPlace {
  let active: Int
  /// Of matrices with a row for each step.
  let offset: Int
  /// Of matrices with a row for each sequence's beginning before them.
  let from: Int
  let to: Int

  init(_ step: Int, of steps: RaggedSteps) {
    active = steps.active[step]
    offset = steps.offset[step]
    from = steps.predecessor(of: step)
    to = steps.successor(of: step)
  }
}

extension Configuration {
  /// The attention that is configured.
  package func makeAttention<Element: Scalar>(
    _ parameters: ParameterBuffer<Element>
  ) -> any AttentionMechanism<Element> {
    let score: any ScoreFunction<Element>
    switch attention {
    case .additive: score = AdditiveScore(parameters, hasCoverage: hasCoverage)
    case .dot: score = DotScore(width: encoderSize, scale: 1)
    case .scaledDot:
      score = DotScore(width: encoderSize, scale: 1 / Element(encoderSize).squareRoot())
    case .general: score = DotScore(parameters)
    case .location: score = LocationScore(parameters)
    case .none: return FixedContextMechanism(self)
    }
    return SoftAttention(self, score: score, parameters: parameters)
  }
}
