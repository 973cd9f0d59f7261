import Kernels

/// The encoded sources of several texts, each of which may be replaced at any time.
///
/// Texts that go on from the same source share it, so that memory grows with the sources there are.
final class SourceMemory {
  private let textCount: Int
  private var arena = Arena<Float>()
  /// Rows that every source has room for.
  private var stride = 0
  /// How many sources there is room for.
  private var capacity = 0
  /// S of each text's source.
  private var lengths: [Int]
  /// Where each text's source is, once it has one.
  private var places: [Int?]
  /// How many texts name each place; and the places that none does.
  private var userCounts: [Int] = []
  private var freePlaces: [Int] = []
  private var states: Matrix<Float>  // capacity·stride × D
  private var keys: Matrix<Float>  // capacity·stride × the keys' width
  private var coverage: Matrix<Float>  // textCount·stride × 1, or without columns
  private let summary: Matrix<Float>  // textCount×D
  /// Owns `summary`, whose size does not depend on the sources' lengths.
  private let summaryOwner = Arena<Float>()

  init(textCount: Int, stateSize: Int, keySize: Int, hasCoverage: Bool) {
    self.textCount = textCount
    lengths = Array(repeating: 0, count: textCount)
    places = Array(repeating: nil, count: textCount)
    states = arena.matrix(0, stateSize)
    keys = arena.matrix(0, keySize)
    coverage = arena.matrix(0, hasCoverage ? 1 : 0)
    summary = summaryOwner.matrix(textCount, stateSize)
  }

  /// The sources as the decoder looks at them; text n's is number n.
  var attended: AttendedSources<Float> {
    AttendedSources(
      states: states, keys: keys, summary: summary,
      offsets: places.map { ($0 ?? 0) * stride }, lengths: lengths)
  }

  /// Copies one of some encoded sources.
  func set(_ text: Int, from sources: AttendedSources<Float>, number: Int) {
    let (start, length) = (sources.offsets[number], sources.lengths[number])
    let place = ownPlace(of: text)
    reserve(length)
    lengths[text] = length
    for (all, source) in [(states, sources.states), (keys, sources.keys)] {
      all.rows(place * stride, count: length).copy(from: source.rows(start, count: length))
    }
    summary.rows(text, count: 1).copy(from: sources.summary.rows(number, count: 1))
    coverage.rows(text * stride, count: length).fill(0)
  }

  /// Makes a text's source that of another, which has one.
  func copy(_ copy: TextCopy) {
    let (from, to) = (copy.from, copy.to)
    release(to)
    if let place = places[from] { userCounts[place] += 1 }
    (places[to], lengths[to]) = (places[from], lengths[from])
    summary.rows(to, count: 1).copy(from: summary.rows(from, count: 1))
    coverage.rows(to * stride, count: lengths[to])
      .copy(from: coverage.rows(from * stride, count: lengths[to]))
  }

  /// Gives a text a place that no other names; there may be no room for it yet.
  private func ownPlace(of text: Int) -> Int {
    if let place = places[text], userCounts[place] == 1 { return place }
    release(text)
    let place = freePlaces.popLast() ?? userCounts.count
    if place == userCounts.count { userCounts.append(0) }
    userCounts[place] += 1
    places[text] = place
    return place
  }

  private func release(_ text: Int) {
    guard let place = places[text] else { return }
    userCounts[place] -= 1
    if userCounts[place] == 0 { freePlaces.append(place) }
    (places[text], lengths[text]) = (nil, 0)
  }

  /// S of a text's source.
  func length(of text: Int) -> Int { lengths[text] }

  /// What the attention has covered of a text's source, S numbers, if it is kept.
  func coverage(of text: Int) -> UnsafeMutablePointer<Float>? {
    coverage.columns > 0 ? coverage.row(text * stride) : nil
  }

  /// Makes room for all places that are named, and for sources of some length.
  private func reserve(_ length: Int) {
    guard length > stride || userCounts.count > capacity else { return }
    let before = stride
    if length > stride { stride = max(length, 2 * stride, 32) }
    if userCounts.count > capacity {
      capacity = min(max(userCounts.count, 2 * capacity, 8), textCount)
    }
    let larger = Arena<Float>()
    func grown(_ matrix: Matrix<Float>, places: [Int?], capacity: Int) -> Matrix<Float> {
      let result = larger.matrix(capacity * stride, matrix.columns)
      for case (let place?, let length) in zip(places, lengths) where length > 0 {
        result.rows(place * stride, count: length)
          .copy(from: matrix.rows(place * before, count: length))
      }
      return result
    }
    states = grown(states, places: places, capacity: capacity)
    keys = grown(keys, places: places, capacity: capacity)
    coverage = grown(coverage, places: Array(0..<textCount), capacity: textCount)
    arena = larger
  }
}
