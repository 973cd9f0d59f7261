internal import Kernels

/// A softmax in two steps, which spares the rare tokens most of their cost.
///
/// Tokens are numbered by falling frequency. The head has the first N₁ of them and a class for
/// every tail; tail i has the tokens that come next, with smaller vectors.
///
///              p(w) = p_head(w)                  w < N₁
///              p(w) = p_head(tail i)·p_i(w)      w in tail i
///            p_head = softmax(t·[O ; cluster]ᵀ + [b_o cluster_b])
///               p_i = softmax((t·P_i)·O_iᵀ + b_i)
///
/// | Symbol  | Shape   | Meaning                                                       |
/// |---------|---------|---------------------------------------------------------------|
/// | O       | N₁×E    | the first rows of the embedding table, or an array of its own |
/// | cluster | n×E     | a row for each of the n tails                                 |
/// | P_i     | E×E_i   | down to the tail's size, E_i = max(1, ⌊E/Fⁱ⌋)                 |
/// | O_i     | V_i×E_i | a row for each of the tail's tokens                           |
///
/// A tail is computed only for rows whose target is in it.
///
/// Source: Grave, Joulin, Cissé, Grangier and Jégou (2017), section 4.
struct AdaptiveSoftmax<Element: Scalar>: Sendable {
  let head: ChunkedSoftmax<Element>
  let tails: [SoftmaxTail<Element>]

  init(_ parameters: ParameterBuffer<Element>) {
    head = ChunkedSoftmax(parameters.outputBlocks)
    var first = parameters["output.b_o"].columns
    tails = (1...parameters.outputTailCount).map { number in
      let tail = SoftmaxTail(number, firstToken: first, parameters)
      first = tail.tokens.upperBound
      return tail
    }
  }

  func pack(for use: PackingUse) {
    head.pack(for: use)
    for tail in tails { tail.pack(for: use) }
  }

  /// The head's class for each token: itself, or its tail's.
  func headClasses(of targets: [UInt32]) -> [UInt32] {
    let size = UInt32(head.blocks[0].classes.count)
    return targets.map { target in
      guard target >= size, let tail = tails.firstIndex(where: { $0.tokens.contains(Int(target)) })
      else { return target }
      return size + UInt32(tail)
    }
  }

  func losses(
    _ t: Matrix<Element>, targets: [UInt32], arena: Arena<Element>
  ) -> [Double] {
    var losses = head.losses(t, targets: headClasses(of: targets), arena: arena)
    for tail in tails {
      let members = tail.members(of: targets, t, arena: arena)
      guard !members.numbers.isEmpty else { continue }
      let reduced = tail.reduce(members.rows, arena: arena)
      let lossesInTail = tail.softmax.losses(reduced, targets: members.targets, arena: arena)
      for (row, loss) in zip(members.numbers, lossesInTail) { losses[row] += loss }
    }
    return losses
  }

  /// Computes ln p of every token.
  ///
  /// - Parameters:
  ///   - t: The readout, B×E.
  ///   - result: Receives B×V.
  ///   - arena: Scratch.
  func logProbabilities(
    _ t: Matrix<Element>, into result: Matrix<Element>, arena: Arena<Element>
  ) {
    let inHead = head.logProbabilities(t, arena: arena)
    result.columns(0, count: inHead[0].columns).copy(from: inHead[0])
    for (number, tail) in tails.enumerated() {
      let part = result.columns(tail.tokens.lowerBound, count: tail.tokens.count)
      let reduced = tail.reduce(t, arena: arena)
      part.copy(from: tail.softmax.logProbabilities(reduced, arena: arena)[0])
      for row in 0..<part.rows { part.add(inHead[1][row, number], toRow: row) }
    }
  }
}
