package import Kernels

/// Where local attention looks: around a place that the decoder's state predicts.
///
///      p = S·σ(tanh(s·W_p)·v_p)
///     g_j = exp(−(j − p)² / 2σ²),  σ = D/2, for the places j with |j − p| ≤ D; else 0
///
/// The weights are softmax over those places, times g; places count from 0.
///
/// Source: Luong, Pham and Manning (2015), section 3.2, *local-p*, equations 9 and 10.
package struct LocalWindow<Element: Scalar>: Sendable {
  let reach: Int  // D
  let w: PackedMatrix<Element>  // H×A
  private let v: Matrix<Element>  // 1×A

  /// What is kept of the steps.
  package struct Rows {
    let hidden: Matrix<Element>  // tanh(s·W_p), N×A
    let centers: Matrix<Element>  // p, N×1
  }

  init(reach: Int, _ parameters: ParameterBuffer<Element>) {
    self.reach = reach
    w = PackedMatrix(parameters["attention.W_p"])
    v = parameters["attention.v_p"]
  }

  /// A.
  var size: Int { v.columns }

  /// Predicts the places of one step's rows.
  func setCenters(
    of states: Matrix<Element>, lengths: [Int], hidden: Matrix<Element>, centers: Matrix<Element>
  ) {
    w.multiply(states, into: hidden)
    for row in 0..<states.rows {
      var sum: Element = 0
      for a in 0..<size {
        hidden[row, a] = Element.hyperbolicTangent(hidden[row, a])
        sum += hidden[row, a] * v[0, a]
      }
      centers[row, 0] = Element(lengths[row]) * Element.sigmoid(sum)
    }
  }

  /// The places that are looked at; there is at least one.
  func places(around center: Element, length: Int) -> Range<Int> {
    let first = max(0, Int((center - Element(reach)).rounded(.up)))
    let last = min(length - 1, Int((center + Element(reach)).rounded(.down)))
    return first..<(last + 1)
  }

  private var variance: Element { Element(reach * reach) / 4 }

  /// g of a place.
  func bell(_ place: Int, center: Element) -> Element {
    let distance = Element(place) - center
    return Element.exponential(-distance * distance / (2 * variance))
  }

  /// Takes the weights' gradient back to p, and replaces it by that of the softmax's results.
  ///
  /// - Parameters:
  ///   - dWeights: ∂loss/∂a of the places, in their order.
  ///   - weights: a of the places.
  ///   - places: Which.
  ///   - center: p.
  /// - Returns: ∂loss/∂p.
  func backward(
    dWeights: UnsafeMutablePointer<Element>, weights: UnsafePointer<Element>,
    places: Range<Int>, center: Element
  ) -> Element {
    var dCenter: Element = 0
    for (index, place) in places.enumerated() {
      dCenter += dWeights[index] * weights[index] * (Element(place) - center) / variance
      dWeights[index] *= bell(place, center: center)
    }
    return dCenter
  }

  /// Takes ∂loss/∂p of one row back.
  ///
  /// - Parameters:
  ///   - dCenter: ∂loss/∂p.
  ///   - center: p.
  ///   - length: S.
  ///   - hidden: tanh(s·W_p), A numbers.
  ///   - dHidden: Receives ∂loss/∂(s·W_p).
  ///   - dV: Where to add ∂loss/∂v_p.
  func backward(
    dCenter: Element, center: Element, length: Int, hidden: UnsafePointer<Element>,
    dHidden: UnsafeMutablePointer<Element>, dV: UnsafeMutablePointer<Element>
  ) {
    let dSum = dCenter * center * (1 - center / Element(length))
    for a in 0..<size {
      dV[a] += dSum * hidden[a]
      dHidden[a] = dSum * v[0, a] * (1 - hidden[a] * hidden[a])
    }
  }
}
