internal import Glibc

/// Returns whether some bytes sort before others, as `LC_ALL=C sort` has it.
func precedes(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
  guard let leftStart = left.baseAddress, let rightStart = right.baseAddress else {
    return left.count < right.count
  }
  let difference = memcmp(leftStart, rightStart, min(left.count, right.count))
  return difference == 0 ? left.count < right.count : difference < 0
}

/// Returns whether bytes are the same.
func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
  guard left.count == right.count else { return false }
  guard let leftStart = left.baseAddress, let rightStart = right.baseAddress else { return true }
  return memcmp(leftStart, rightStart, left.count) == 0
}

/// Sorts by a number, byte by byte from the last on, in time that grows linearly.
///
/// Elements with the same number stay in order. Bytes that all numbers have in common are passed
/// over.
///
/// - Parameters:
///   - elements: What to sort.
///   - scratch: Room for as many elements, somewhere else.
///   - key: The number of an element.
@inline(__always)
func radixSort<Element: BitwiseCopyable>(
  _ elements: UnsafeMutableBufferPointer<Element>, scratch: UnsafeMutablePointer<Element>,
  by key: (Element) -> UInt64
) {
  guard let start = elements.baseAddress, elements.count > 1 else { return }
  let first = key(elements[0])
  var differing: UInt64 = 0
  for element in elements { differing |= key(element) ^ first }
  var (source, target) = (start, scratch)
  for shift in stride(from: UInt64(0), to: 64, by: 8) where differing >> shift & 0xFF != 0 {
    var places = [Int](repeating: 0, count: 257)
    for index in 0..<elements.count {
      places[Int(key(source[index]) >> shift & 0xFF) + 1] += 1
    }
    for value in 1...256 { places[value] += places[value - 1] }
    for index in 0..<elements.count {
      let digit = Int(key(source[index]) >> shift & 0xFF)
      target[places[digit]] = source[index]
      places[digit] += 1
    }
    swap(&source, &target)
  }
  if source != start { start.update(from: source, count: elements.count) }
}
