/// Strings of bytes in their order, in which those that begin alike stand together.
struct SortedStrings: Sendable {
  private let bytes: [UInt8]
  private let starts: [Int]
  /// The strings' numbers in the order of their bytes; no empty one is among them.
  let order: [Int]
  /// The bytes of the longest.
  let longest: Int

  /// Takes strings, which are numbered from 0.
  init(_ strings: some Collection<[UInt8]>) {
    let (bytes, starts) = (
      Array(strings.joined()),
      strings.reduce(into: [0]) { starts, string in
        starts.append((starts.last ?? 0) + string.count)
      }
    )
    (self.bytes, self.starts) = (bytes, starts)
    let numbers = (0..<starts.count - 1).filter { starts[$0] < starts[$0 + 1] }
    order = bytes.withUnsafeBufferPointer { bytes in
      numbers.sorted { left, right in
        let (left, right) = (starts[left]..<starts[left + 1], starts[right]..<starts[right + 1])
        return bytes[left].lexicographicallyPrecedes(bytes[right])
      }
    }
    longest = numbers.map { starts[$0 + 1] - starts[$0] }.max() ?? 0
  }

  /// The bytes of a string by its number.
  subscript(_ number: Int) -> ArraySlice<UInt8> { bytes[starts[number]..<starts[number + 1]] }

  /// How many bytes a string has.
  func length(of number: Int) -> Int { starts[number + 1] - starts[number] }

  /// The places in ``order`` of those that begin like some others and go on with a byte.
  ///
  /// - Parameters:
  ///   - places: Of strings that have their first `depth` bytes in common.
  ///   - depth: How many bytes that is.
  ///   - byte: The byte after them.
  /// - Returns: The places of those that go on with it; a part of `places`.
  func narrow(_ places: Range<Int>, depth: Int, byte: UInt8) -> Range<Int> {
    // A string that ends sorts before those that go on.
    func value(_ place: Int) -> Int {
      let number = order[place]
      return length(of: number) > depth ? Int(bytes[starts[number] + depth]) : -1
    }
    let start = firstPlace(in: places) { value($0) >= Int(byte) }
    return start..<firstPlace(in: start..<places.upperBound) { value($0) > Int(byte) }
  }

  /// The places in ``order`` of the strings that begin with some bytes.
  func places(beginningWith prefix: some Collection<UInt8>) -> Range<Int> {
    var places = order.indices
    for (depth, byte) in prefix.enumerated() {
      if places.isEmpty { break }
      places = narrow(places, depth: depth, byte: byte)
    }
    return places
  }

  /// The first place from which on a condition holds.
  private func firstPlace(in places: Range<Int>, where holds: (Int) -> Bool) -> Int {
    var (low, high) = (places.lowerBound, places.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
