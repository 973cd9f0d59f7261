import Kernels
import Testing

@Suite("Products of 8-bit integers")
struct Int8Tests {
  static func filled(_ rows: Int, _ columns: Int, stream: UInt64, _ arena: Arena<Float>)
    -> Matrix<Float>
  {
    let matrix = arena.matrix(rows, columns)
    var generator = Philox(key: 8, stream: stream)
    for index in 0..<matrix.count { matrix.base[index] = Float(2 * generator.nextUnit() - 1) }
    return matrix
  }

  @Test("They are the plain products but for the rounding", arguments: [false, true])
  func agreement(transposed: Bool) {
    let arena = Arena<Float>()
    let (k, n) = (90, 70)
    let weights = Self.filled(transposed ? n : k, transposed ? k : n, stream: 1, arena)
    let packed = PackedMatrix(weights)
    if transposed { packed.packTransposed(for: .int8) } else { packed.pack(for: .int8) }
    for rows in [1, 3, 20] {
      let a = Self.filled(rows, k, stream: 2, arena)
      let (expected, actual) = (
        Self.filled(rows, n, stream: 3, arena), Self.filled(rows, n, stream: 3, arena)
      )
      multiply(a, weights, transposing: transposed ? .right : .none, into: expected, adding: true)
      if transposed {
        packed.multiplyTransposed(a, into: actual, adding: true)
      } else {
        packed.multiply(a, into: actual, adding: true)
      }
      for index in 0..<expected.count {
        // Each factor is off by up to half of 1/127 of the largest, or of 1/63 without VNNI, and k
        // errors add up like a random walk.
        #expect(abs(expected.base[index] - actual.base[index]) < 0.2)
      }
    }
  }

  @Test("Integers that fit are exact, and a row or column of zeros gives zeros")
  func exact() {
    let arena = Arena<Float>()
    let weights = arena.zeros(4, 3)
    for row in 0..<4 { weights[row, 0] = Float([63, 0, -63, 63][row]) }
    weights[1, 2] = -63
    let packed = PackedMatrix(weights)
    packed.pack(for: .int8)
    let a = arena.zeros(2, 4)
    for column in 0..<4 { a[1, column] = Float([127, -1, 5, 0][column]) }
    let c = arena.matrix(2, 3)
    packed.multiply(a, into: c)
    #expect((0..<3).allSatisfy { c[0, $0] == 0 })
    #expect(abs(c[1, 0] - Float(127 * 63 - 5 * 63)) < 1e-2)
    #expect(c[1, 1] == 0)
    #expect(abs(c[1, 2] - 63) < 1e-3)
  }
}
