extension Scalar {
  package static func squaredNorm(count: Int, _ x: UnsafePointer<Self>) -> Double {
    var total = 0.0
    for index in 0..<count { total += Double(x[index]) * Double(x[index]) }
    return total
  }

  /// Multiplies element i of a row by `scale` where word i of the generator's stream is at least
  /// `threshold`, and by 0 elsewhere.
  ///
  /// The words are those of the blocks from `firstBlock` on, four to a block. The same call gives
  /// the same mask, so the way back needs no stored one.
  ///
  /// Source: Srivastava et al. (2014), scaled at training time.
  package static func dropout(
    columns: Int, _ row: UnsafeMutablePointer<Self>, generator: Philox, firstBlock: UInt64,
    threshold: UInt32, scale: Self
  ) {
    for column in 0..<columns {
      let word = generator.block(firstBlock + UInt64(column / 4))[column % 4]
      row[column] *= word >= threshold ? scale : 0
    }
  }
}
