extension Scalar {
  package static func multiply(
    _ a: UnsafePointer<Self>, stride aStride: Int, transposed aTransposed: Bool,
    _ b: UnsafePointer<Self>, stride bStride: Int, transposed bTransposed: Bool,
    into c: UnsafeMutablePointer<Self>, stride cStride: Int,
    m: Int, n: Int, k: Int, adding: Bool
  ) {
    let (aRow, aColumn) = aTransposed ? (1, aStride) : (aStride, 1)
    let (bRow, bColumn) = bTransposed ? (1, bStride) : (bStride, 1)
    for row in 0..<m {
      for column in 0..<n {
        var sum: Self = adding ? c[row * cStride + column] : 0
        for inner in 0..<k {
          sum += a[row * aRow + inner * aColumn] * b[inner * bRow + column * bColumn]
        }
        c[row * cStride + column] = sum
      }
    }
  }

  package static func makePacking(
    k: Int, n: Int, for use: PackingUse
  ) -> (any WeightPacking<Self>)? { nil }

  package static func addBias(
    rows: Int, columns: Int, _ x: UnsafeMutablePointer<Self>, bias: UnsafePointer<Self>
  ) {
    for row in 0..<rows {
      for column in 0..<columns { x[row * columns + column] += bias[column] }
    }
  }

  package static func addColumnSums(
    rows: Int, columns: Int, _ x: UnsafePointer<Self>, stride: Int,
    to sums: UnsafeMutablePointer<Self>
  ) {
    for row in 0..<rows {
      for column in 0..<columns { sums[column] += x[row * stride + column] }
    }
  }

  package static func addScaled(
    count: Int, _ scale: Self, _ x: UnsafePointer<Self>, to y: UnsafeMutablePointer<Self>
  ) {
    for index in 0..<count { y[index] += scale * x[index] }
  }
}
