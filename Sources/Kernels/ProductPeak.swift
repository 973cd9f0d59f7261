/// Measures how many floating-point operations a second the processor's matrix product does.
///
/// A product of two 2048×2048 matrices in single precision, its rows divided among the pool's
/// threads; the best of seven.
///
/// - Parameter pool: Who does the work.
/// - Returns: FLOP/s.
package func productPeak(on pool: WorkerPool) -> Double {
  let size = 2048
  let arena = Arena<Float>()
  let factors = (0..<2).map { _ in arena.matrix(size, size) }
  let product = arena.zeros(size, size)
  var generator = Philox(key: 1)
  for factor in factors {
    for index in 0..<factor.count { factor.base[index] = Float(generator.nextUnit() - 0.5) }
  }
  let pieces = pool.threadCount
  let clock = ContinuousClock()
  let times = (0..<7).map { _ in
    clock.measure {
      pool.run(count: pieces) { piece, _ in
        let (start, end) = (size * piece / pieces, size * (piece + 1) / pieces)
        multiply(
          factors[0].rows(start, count: end - start), factors[1],
          into: product.rows(start, count: end - start))
      }
    }
  }
  let operations = 2 * Double(size) * Double(size) * Double(size)
  return operations / ((times.min() ?? .seconds(1)) / .seconds(1))
}
