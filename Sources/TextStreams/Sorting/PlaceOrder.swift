/// Sorts places of a text by the numbers from there on, those that have the same staying in order.
///
/// From the last of these numbers to the first, places are distributed by one of them. Memory and
/// time are linear in the text, the time in the depth too.
///
/// - Parameters:
///   - places: The places; so many numbers as `depth` stand from each on.
///   - codes: The text.
///   - codeCount: What all of its numbers are below.
///   - depth: How many numbers are looked at.
func sortPlaces(
  _ places: inout [UInt32], in codes: [UInt32], codeCount: Int, depth: Int
) {
  var sorted = places
  var ends = [Int](repeating: 0, count: codeCount + 1)
  for offset in stride(from: depth - 1, through: 0, by: -1) {
    for index in ends.indices { ends[index] = 0 }
    for place in places { ends[Int(codes[Int(place) + offset]) + 1] += 1 }
    for index in ends.indices.dropFirst() { ends[index] += ends[index - 1] }
    for place in places {
      let code = Int(codes[Int(place) + offset])
      sorted[ends[code]] = place
      ends[code] += 1
    }
    swap(&places, &sorted)
  }
}
