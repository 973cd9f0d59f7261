internal import Kernels

/// Brings sums to mean 0 and variance 1, then scales each by a learned gain.
///
///     y = g∘(x − μ) / √(σ² + ε),  μ and σ² over the row
///
/// Source: Ba, Kiros and Hinton (2016), equations 3 and 4, without a bias of its own.
struct LayerNormalization<Element: Scalar>: Sendable {
  let gain: Matrix<Element>  // 1×n
  private static var epsilon: Element { 1e-5 }

  /// What the way back needs.
  struct Rows {
    let normal: Matrix<Element>  // (x − μ) / √(σ² + ε), B×n; ∂loss/∂x on the way back
    let inverseDeviations: Matrix<Element>  // 1 / √(σ² + ε), B×1

    func rows(_ first: Int, count: Int) -> Rows {
      Rows(
        normal: normal.rows(first, count: count),
        inverseDeviations: inverseDeviations.rows(first, count: count))
    }
  }

  /// Room for some rows.
  func makeRows(_ count: Int, arena: Arena<Element>) -> Rows {
    Rows(normal: arena.matrix(count, gain.columns), inverseDeviations: arena.matrix(count, 1))
  }

  /// Normalises `rows.normal` in place and adds it, scaled, to `sums`.
  func add(_ rows: Rows, to sums: Matrix<Element>) {
    Activity.gates.measure {
      let normal = rows.normal
      Element.normalize(
        rows: normal.rows, columns: normal.columns, epsilon: Self.epsilon, normal.base,
        inverseDeviations: rows.inverseDeviations.base)
      Element.multiplyAddRows(
        rows: normal.rows, columns: normal.columns, normal.base, factors: gain.base,
        to: sums.base, stride: sums.stride)
    }
  }

  /// Turns `rows.normal` into ∂loss/∂x and adds to ∂loss/∂g.
  func backward(_ dSums: Matrix<Element>, _ rows: Rows, dGain: Matrix<Element>) {
    Activity.gates.measure {
      Element.normalizeBackward(
        rows: dSums.rows, columns: dSums.columns, dOutput: dSums.base, stride: dSums.stride,
        gain: gain.base, normal: rows.normal.base,
        inverseDeviations: rows.inverseDeviations.base, dGain: dGain.base)
    }
  }
}
