/// Returns the names that are nearest to one that is not among them.
///
/// - Parameters:
///   - wanted: What was asked for.
///   - names: All there are.
///   - count: How many to return at most.
/// - Returns: Names of which at most a third would have to be changed, the nearest first.
func nearNames(to wanted: String, among names: some Sequence<String>, atMost count: Int = 3)
  -> [String]
{
  let wanted = Array(wanted.lowercased().utf8.prefix(64))
  let near = names.compactMap { name -> (name: String, distance: Int)? in
    let letters = Array(name.lowercased().utf8)
    guard letters.count <= 64 else { return nil }
    let distance = editDistance(wanted, letters)
    return distance * 3 <= max(wanted.count, letters.count) ? (name, distance) : nil
  }
  let sorted = near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
  return sorted.prefix(count).map(\.name)
}

/// Returns how many bytes have to be inserted, removed or changed.
///
/// Source: Wagner and Fischer (1974).
private func editDistance(_ one: [UInt8], _ other: [UInt8]) -> Int {
  var row = Array(0...other.count)
  for (index, byte) in one.enumerated() {
    var diagonal = row[0]
    row[0] = index + 1
    for column in other.indices {
      let changed = diagonal + (byte == other[column] ? 0 : 1)
      diagonal = row[column + 1]
      row[column + 1] = min(changed, diagonal + 1, row[column] + 1)
    }
  }
  return row[other.count]
}
