import Kernels

/// The encoded sources of several texts, each of which may be replaced at any time.
///
/// Texts that go on from the same source share it.
final class SourceMemory {
  private let textCount: Int
  private var arena = Arena<Float>()
  /// Rows that every source has room for.
  private var stride = 0
  /// S of each text's source.
  private var lengths: [Int]
  /// Where each text's source is; in a place that no text names another can be put.
  private var places: [Int]
  private var states: Matrix<Float>  // textCount·stride × D
  private var keys: Matrix<Float>  // textCount·stride × the keys' width
  private var coverage: Matrix<Float>  // textCount·stride × 1, or without columns
  private let summary: Matrix<Float>  // textCount×D
  /// Owns `summary`, whose size does not depend on the sources' lengths.
  private let summaryOwner = Arena<Float>()

  init(textCount: Int, stateSize: Int, keySize: Int, hasCoverage: Bool) {
    self.textCount = textCount
    lengths = Array(repeating: 0, count: textCount)
    places = Array(0..<textCount)
    states = arena.matrix(0, stateSize)
    keys = arena.matrix(0, keySize)
    coverage = arena.matrix(0, hasCoverage ? 1 : 0)
    summary = summaryOwner.matrix(textCount, stateSize)
  }

  /// The sources as the decoder looks at them; text n's is number n.
  var attended: AttendedSources<Float> {
    AttendedSources(
      states: states, keys: keys, summary: summary,
      offsets: places.map { $0 * stride }, lengths: lengths)
  }

  /// Copies one of some encoded sources.
  func set(_ text: Int, from sources: AttendedSources<Float>, number: Int) {
    let (start, length) = (sources.offsets[number], sources.lengths[number])
    reserve(length)
    lengths[text] = length
    if places.indices.contains(where: { $0 != text && places[$0] == places[text] }) {
      places[text] = freePlace()
    }
    for (all, source) in [(states, sources.states), (keys, sources.keys)] {
      all.rows(places[text] * stride, count: length).copy(from: source.rows(start, count: length))
    }
    summary.rows(text, count: 1).copy(from: sources.summary.rows(number, count: 1))
    coverage.rows(text * stride, count: length).fill(0)
  }

  /// Makes a text's source that of another.
  func copy(_ copy: TextCopy) {
    let (from, to) = (copy.from, copy.to)
    (places[to], lengths[to]) = (places[from], lengths[from])
    summary.rows(to, count: 1).copy(from: summary.rows(from, count: 1))
    coverage.rows(to * stride, count: lengths[to])
      .copy(from: coverage.rows(from * stride, count: lengths[to]))
  }

  /// A place that no text names; as texts share one, there is.
  private func freePlace() -> Int {
    let used = Set(places)
    guard let place = (0..<textCount).first(where: { !used.contains($0) }) else {
      preconditionFailure("\(textCount) texts have \(used.count) sources")
    }
    return place
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
    // Of the new memory no more is touched than has something in it.
    func grown(_ matrix: Matrix<Float>, places: [Int]) -> Matrix<Float> {
      let result = larger.matrix(textCount * wanted, matrix.columns)
      for (place, length) in zip(places, lengths) {
        result.rows(place * wanted, count: length)
          .copy(from: matrix.rows(place * before, count: length))
      }
      return result
    }
    (states, keys) = (grown(states, places: places), grown(keys, places: places))
    coverage = grown(coverage, places: Array(0..<textCount))
    (stride, arena) = (wanted, larger)
  }
}
