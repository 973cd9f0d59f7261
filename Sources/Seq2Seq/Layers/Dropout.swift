package import Kernels

/// Dropout at one place of one pass: each number is kept and scaled, or set to zero.
///
/// The mask is a function of the seed, the place and the number's position, so it is the same on
/// the way back and for any division of the work among threads.
///
/// Source: Srivastava et al. (2014), with the scaling at training time.
package struct Dropout: Sendable {
  private let generator: Philox
  private let threshold: UInt32
  private let scale: Double

  /// Describes the mask of a site.
  ///
  /// - Parameters:
  ///   - rate: The share of numbers set to zero, from 0 to below 1.
  ///   - seed: The key of the generator.
  ///   - stream: The site's stream.
  package init(rate: Double, seed: UInt64, stream: UInt64) {
    generator = Philox(key: seed, stream: stream)
    threshold = UInt32(min(rate * 0x1p32, 0x1p32 - 1))
    scale = 1 / (1 - rate)
  }

  /// Applies the mask of row number `index` to a row.
  package func apply<Element: Scalar>(
    to row: UnsafeMutablePointer<Element>, columns: Int, index: Int
  ) {
    Element.dropout(
      columns: columns, row, generator: generator,
      firstBlock: UInt64(index) * UInt64((columns + 3) / 4), threshold: threshold,
      scale: Element(scale))
  }

  /// Applies the masks of rows 0, 1, … to a matrix.
  package func apply<Element: Scalar>(to matrix: Matrix<Element>) {
    for index in 0..<matrix.rows {
      apply(to: matrix.row(index), columns: matrix.columns, index: index)
    }
  }
}
