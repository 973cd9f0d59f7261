internal import Kernels

extension OutputLayer {
  /// Finds the likeliest token of each row, `<pad>`, `<unk>` and `<s>` left out.
  ///
  /// - Parameters:
  ///   - t: The readout, N×E, without gaps.
  ///   - vocabularySize: V.
  ///   - arena: Scratch.
  /// - Returns: A token for each row; the first of those that are alike.
  func likeliest(
    _ t: Matrix<Element>, vocabularySize: Int, arena: Arena<Element>
  ) -> [UInt32] {
    let most = min(64, max(16, (1 << 20) / vocabularySize))
    let space = arena.matrix(min(most, t.rows), vocabularySize)
    var tokens: [UInt32] = []
    tokens.reserveCapacity(t.rows)
    for start in stride(from: 0, to: t.rows, by: most) {
      let rows = t.rows(start, count: min(most, t.rows - start))
      let scores = space.rows(0, count: rows.rows)
      logits(rows, into: scores)
      Activity.softmax.measure {
        for row in 0..<rows.rows { tokens.append(likeliest(of: scores.rows(row, count: 1))) }
      }
    }
    return tokens
  }

  /// The likeliest of one row's tokens; the row is changed.
  private func likeliest(of logits: Matrix<Element>) -> UInt32 {
    for id in [ReservedID.padding, ReservedID.unknown, ReservedID.start] {
      logits[0, Int(id)] = -.infinity
    }
    let highest = Element.largest(count: logits.columns, logits.base)
    // A model whose numbers are not finite has no likeliest token; its gradient is thrown away.
    let place = (0..<logits.columns).first { logits[0, $0] == highest && highest.isFinite }
    return place.map { UInt32($0) } ?? ReservedID.end
  }
}
