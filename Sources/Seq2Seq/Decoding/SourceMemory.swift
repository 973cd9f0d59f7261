import Kernels

/// The encoded sources of several texts, each of which may be replaced at any time.
final class SourceMemory {
  private let textCount: Int
  private var arena = Arena<Float>()
  /// Rows that every text has room for.
  private var stride = 0
  private var lengths: [Int]
  private var states: Matrix<Float>  // textCount·stride × D
  private var keys: Matrix<Float>  // textCount·stride × the keys' width
  private var coverage: Matrix<Float>  // textCount·stride × 1, or without columns
  private let summary: Matrix<Float>  // textCount×D
  /// Owns `summary`, whose size does not depend on the sources' lengths.
  private let summaryOwner = Arena<Float>()

  init(textCount: Int, stateSize: Int, keySize: Int, hasCoverage: Bool) {
    self.textCount = textCount
    lengths = Array(repeating: 0, count: textCount)
    states = arena.matrix(0, stateSize)
    keys = arena.matrix(0, keySize)
    coverage = arena.matrix(0, hasCoverage ? 1 : 0)
    summary = summaryOwner.matrix(textCount, stateSize)
  }

  /// The sources as the decoder looks at them; text n's is number n.
  var attended: AttendedSources<Float> {
    AttendedSources(
      states: states, keys: keys, summary: summary,
      offsets: (0..<textCount).map { $0 * stride }, lengths: lengths)
  }

  /// Copies one of some encoded sources.
  func set(_ text: Int, from sources: AttendedSources<Float>, number: Int) {
    let (start, length) = (sources.offsets[number], sources.lengths[number])
    reserve(length)
    lengths[text] = length
    for (all, source) in [(states, sources.states), (keys, sources.keys)] {
      all.rows(text * stride, count: length).copy(from: source.rows(start, count: length))
    }
    summary.rows(text, count: 1).copy(from: sources.summary.rows(number, count: 1))
    coverage.rows(text * stride, count: length).fill(0)
  }

  /// S of a text's source.
  func length(of text: Int) -> Int { lengths[text] }

  /// What the attention has covered of a text's source, S numbers, if it is kept.
  func coverage(of text: Int) -> UnsafeMutablePointer<Float>? {
    coverage.columns > 0 ? coverage.row(text * stride) : nil
  }

  /// Makes room for sources of some length.
  private func reserve(_ length: Int) {
    guard length > stride else { return }
    let (before, wanted) = (stride, max(length, 2 * stride, 32))
    let larger = Arena<Float>()
    func grown(_ matrix: Matrix<Float>) -> Matrix<Float> {
      let result = larger.matrix(textCount * wanted, matrix.columns)
      for text in 0..<textCount {
        result.rows(text * wanted, count: lengths[text])
          .copy(from: matrix.rows(text * before, count: lengths[text]))
      }
      return result
    }
    (states, keys, coverage) = (grown(states), grown(keys), grown(coverage))
    (stride, arena) = (wanted, larger)
  }
}
