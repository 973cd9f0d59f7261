package import Kernels
import Glibc

/// All of a model's learned numbers, or their gradients, in one piece of memory.
///
/// `@unchecked Sendable`: during a pass the weights are only read, and each shard's gradients are
/// written by the one worker that has the shard.
package final class ParameterBuffer<Element: Scalar>: @unchecked Sendable {
  package let list: ParameterList
  package let elements: UnsafeMutableBufferPointer<Element>
  /// Keeps memory alive that the buffer does not own.
  private let owner: AnyObject?

  /// Makes room for the listed arrays, all zero.
  package init(_ list: ParameterList) {
    self.list = list
    elements = allocateAligned(list.count)
    elements.update(repeating: 0)
    owner = nil
  }

  /// Reads the listed arrays where they lie, one behind the other; they must not be written to.
  init(_ list: ParameterList, borrowing memory: UnsafeMutableRawPointer, from owner: AnyObject) {
    self.list = list
    self.owner = owner
    elements = UnsafeMutableBufferPointer(
      start: memory.bindMemory(to: Element.self, capacity: list.count), count: list.count)
  }

  deinit {
    if owner == nil { free(elements.baseAddress) }
  }

  package var base: UnsafeMutablePointer<Element> {
    guard let base = elements.baseAddress else {
      preconditionFailure("a parameter buffer has no memory")
    }
    return base
  }

  /// A listed array; a vector is a matrix of one row.
  package subscript(name: String) -> Matrix<Element> {
    let entry = list[name]
    let rows = entry.shape.count == 2 ? entry.shape[0] : 1
    return Matrix(base + entry.offset, rows: rows, columns: entry.shape[entry.shape.count - 1])
  }

  /// Copies another buffer's numbers.
  package func copy(from other: ParameterBuffer) {
    precondition(list == other.list, "cannot copy parameters of another model")
    base.update(from: other.base, count: list.count)
  }

  /// Draws first values for every array, each from its own stream of the seed's generator.
  package func initialize(seed: UInt64) {
    for (index, entry) in list.entries.enumerated() {
      var generator = Philox(key: seed, stream: RandomStream.initialization(array: index))
      let start = base + entry.offset
      switch entry.initialization {
      case .zeros:
        start.update(repeating: 0, count: entry.count)
      case .ones:
        start.update(repeating: 1, count: entry.count)
      case .uniform(let bound):
        for i in 0..<entry.count {
          start[i] = Element((2 * generator.nextUnit() - 1) * bound)
        }
      case .normal(let deviation):
        for i in 0..<entry.count { start[i] = Element(generator.nextNormal() * deviation) }
      case .forgetGateBias:
        let quarter = entry.count / 4
        for i in 0..<entry.count { start[i] = i / quarter == 1 ? 1 : 0 }
      }
    }
  }
}

extension Philox {
  /// Returns a number from the standard normal distribution (Box and Muller, 1958).
  fileprivate mutating func nextNormal() -> Double {
    let radius = (-2 * log(1 - nextUnit())).squareRoot()
    return radius * cos(2 * Double.pi * nextUnit())
  }
}
