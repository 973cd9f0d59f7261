internal import Kernels

/// Classes of a softmax that follow one another: their rows of weights and their biases, or the
/// gradients of both.
struct ClassBlock<Element: Scalar>: Sendable {
  /// The first class's number.
  let first: Int
  let weights: Matrix<Element>  // C×K
  let bias: Matrix<Element>  // 1×C

  var classes: Range<Int> { first..<(first + weights.rows) }

  /// Cuts a block so that a piece of the weights, of their gradient and of the logits is about a
  /// megabyte.
  var pieces: [ClassBlock] {
    let size = weights.rows
    // Two or four threads get as many each; what is small is not worth sharing out.
    let count = size < 64 ? 1 : 4 * ((size + 4095) / 4096)
    return (0..<count).map { number in
      let (start, end) = (size * number / count, size * (number + 1) / count)
      return ClassBlock(
        first: first + start, weights: weights.rows(start, count: end - start),
        bias: bias.columns(start, count: end - start))
    }
  }
}

extension ParameterBuffer {
  /// The output layer's table O, or its gradient: a row for each token, of which an adaptive
  /// softmax reads the first.
  var outputTable: Matrix<Element> {
    self[list.contains("output.O") ? "output.O" : "embedding"]
  }

  /// The classes of the full softmax, or of an adaptive one's head: tokens, then tails.
  var outputBlocks: [ClassBlock<Element>] {
    let bias = self["output.b_o"]
    let tokens = ClassBlock(
      first: 0, weights: outputTable.rows(0, count: bias.columns), bias: bias)
    guard outputTailCount > 0 else { return [tokens] }
    let tails = ClassBlock(
      first: bias.columns, weights: self["output.cluster"], bias: self["output.cluster_b"])
    return [tokens, tails]
  }

  /// The tails of an adaptive softmax; 0 for a full one.
  var outputTailCount: Int {
    list.contains("output.cluster") ? self["output.cluster"].rows : 0
  }

  /// The tokens of a tail, counted from the tail's first, and what the readout is multiplied by
  /// before; tails are numbered from 1.
  func outputTail(_ number: Int) -> (projection: Matrix<Element>, block: ClassBlock<Element>) {
    let name = "output.tail.\(number)"
    return (
      self["\(name).P"],
      ClassBlock(first: 0, weights: self["\(name).O"], bias: self["\(name).b"])
    )
  }
}
