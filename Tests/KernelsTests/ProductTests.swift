import Kernels
import Testing

@Suite("Matrix products")
struct ProductTests {
  static func fill(_ matrix: Matrix<Float>, stream: UInt64) {
    var generator = Philox(key: 1, stream: stream)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { matrix[row, column] = Float(generator.nextUnit() - 0.5) }
    }
  }

  static func doubled(_ matrix: Matrix<Float>, in arena: Arena<Double>) -> Matrix<Double> {
    let result = arena.matrix(matrix.rows, matrix.columns)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { result[row, column] = Double(matrix[row, column]) }
    }
    return result
  }

  static func largestDifference(_ a: Matrix<Float>, _ b: Matrix<Double>) -> Double {
    var largest = 0.0
    for row in 0..<a.rows {
      for column in 0..<a.columns {
        largest = max(largest, abs(Double(a[row, column]) - b[row, column]))
      }
    }
    return largest
  }

  @Test(
    "oneDNN agrees with the plain product",
    arguments: [(1, 1, 1), (3, 5, 7), (16, 64, 33), (40, 17, 130)],
    [Transposition.none, .left, .right])
  func agreement(sizes: (m: Int, n: Int, k: Int), transposing: Transposition) {
    let (arena, doubles) = (Arena<Float>(), Arena<Double>())
    let (m, n, k) = sizes
    // The operands are parts of wider matrices, so that the strides matter.
    let a = (transposing == .left ? arena.matrix(k, m + 3) : arena.matrix(m, k + 3))
      .columns(1, count: transposing == .left ? m : k)
    let b = (transposing == .right ? arena.matrix(n, k + 2) : arena.matrix(k, n + 2))
      .columns(0, count: transposing == .right ? k : n)
    let c = arena.matrix(m, n + 5).columns(2, count: n)
    for (index, matrix) in [a, b, c].enumerated() { Self.fill(matrix, stream: UInt64(index)) }
    let expected = Self.doubled(c, in: doubles)
    for adding in [true, false] {
      multiply(a, b, transposing: transposing, into: c, adding: adding)
      multiply(
        Self.doubled(a, in: doubles), Self.doubled(b, in: doubles), transposing: transposing,
        into: expected, adding: adding)
      #expect(Self.largestDifference(c, expected) < 1e-5)
    }
  }

  @Test("Packed weights give the plain product, for any number of rows", arguments: [false, true])
  func packed(transposed: Bool) {
    let (arena, doubles) = (Arena<Float>(), Arena<Double>())
    let weights = arena.matrix(70, 50)
    Self.fill(weights, stream: 1)
    let packed = PackedMatrix(weights)
    func product(_ a: Matrix<Float>, into c: Matrix<Float>, adding: Bool = false) {
      if transposed {
        packed.multiplyTransposed(a, into: c, adding: adding)
      } else {
        packed.multiply(a, into: c, adding: adding)
      }
    }
    for isPacked in [false, true] {
      if isPacked { packed.repack() }
      for rows in [1, 2, 5, 16, 33, 64, 150] {
        let a = arena.matrix(rows, transposed ? 50 : 70)
        let c = arena.matrix(rows, transposed ? 70 : 50)
        Self.fill(a, stream: 2)
        Self.fill(c, stream: 3)
        let expected = Self.doubled(c, in: doubles)
        product(a, into: c, adding: true)
        multiply(
          Self.doubled(a, in: doubles), Self.doubled(weights, in: doubles),
          transposing: transposed ? .right : .none, into: expected, adding: true)
        #expect(Self.largestDifference(c, expected) < 1e-5)
      }
    }
    // Changed weights are seen after packing them again.
    weights.fill(1)
    packed.repack()
    let a = arena.matrix(1, transposed ? 50 : 70)
    a.fill(2)
    let c = arena.matrix(1, transposed ? 70 : 50)
    product(a, into: c)
    #expect(c[0, 0] == Float(2 * a.columns))
  }

  @Test("Shapes that do not fit are refused")
  func shapes() async {
    await #expect(processExitsWith: .failure) {
      let arena = Arena<Float>()
      multiply(arena.matrix(3, 4), arena.matrix(5, 6), into: arena.matrix(3, 6))
    }
  }
}
