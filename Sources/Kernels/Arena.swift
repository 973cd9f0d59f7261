import Glibc

/// Memory for the matrices of one pass, handed out in order and taken back all at once.
///
/// A pass that needs more than there is gets further blocks; the next ``reset()`` replaces them
/// by one that is large enough, so that passes of a like size allocate nothing.
///
/// `@unchecked Sendable`: each worker has its own and is the only one to touch it.
package final class Arena<Element: Scalar>: @unchecked Sendable {
  private var blocks: [UnsafeMutableBufferPointer<Element>] = []
  private var used = 0  // elements of the last block handed out
  private var earlier = 0  // elements in the blocks before the last
  /// Times that a block was taken from the system.
  package private(set) var allocationCount = 0

  /// Every matrix starts at a multiple of 64 bytes, a cache line and a vector register.
  private static var alignment: Int { max(1, 64 / MemoryLayout<Element>.stride) }

  package init() {}

  deinit { blocks.forEach { free($0.baseAddress) } }

  /// Returns a matrix whose numbers are not set.
  package func matrix(_ rows: Int, _ columns: Int) -> Matrix<Element> {
    let alignment = Self.alignment
    let count = (max(rows * columns, 1) + alignment - 1) / alignment * alignment
    if used + count > (blocks.last?.count ?? 0) {
      earlier += blocks.last?.count ?? 0
      blocks.append(allocate(max(count, 1 << 18, earlier)))
      used = 0
    }
    guard let base = blocks[blocks.count - 1].baseAddress else {
      preconditionFailure("an arena's block has no memory")
    }
    defer { used += count }
    return Matrix(base + used, rows: rows, columns: columns)
  }

  /// Returns a matrix of zeros.
  package func zeros(_ rows: Int, _ columns: Int) -> Matrix<Element> {
    let result = matrix(rows, columns)
    result.fill(0)
    return result
  }

  /// Takes back everything that was handed out.
  package func reset() {
    if blocks.count > 1 {
      let total = blocks.reduce(0) { $0 + $1.count }
      blocks.forEach { free($0.baseAddress) }
      blocks = [allocate(total)]
    }
    used = 0
    earlier = 0
  }

  private func allocate(_ count: Int) -> UnsafeMutableBufferPointer<Element> {
    allocationCount += 1
    return allocateAligned(count)
  }
}

/// Returns memory on a page's boundary, in large pages where the system has them.
///
/// - Precondition: There is memory; without it no pass can go on.
package func allocateAligned<Element>(_ count: Int) -> UnsafeMutableBufferPointer<Element> {
  let byteCount = max(count, 1) * MemoryLayout<Element>.stride
  let pageSize = byteCount >= 1 << 21 ? 1 << 21 : 4096
  var memory: UnsafeMutableRawPointer?
  let status = posix_memalign(&memory, pageSize, byteCount)
  guard status == 0, let memory else {
    preconditionFailure("no memory for \(byteCount) bytes; use a smaller --mini-batch or --dim-rnn")
  }
  if byteCount >= 1 << 21 { madvise(memory, byteCount, CInt(MADV_HUGEPAGE)) }
  return UnsafeMutableBufferPointer(
    start: memory.bindMemory(to: Element.self, capacity: count), count: count)
}
