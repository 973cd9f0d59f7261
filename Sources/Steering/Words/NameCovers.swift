/// Which of some names are parts of others, so that one does not appear by the other's appearing.
struct NameCovers: Sendable {
  private var covers: [[UInt8]: [[UInt8]]] = [:]
  /// The bytes of the longest name that has another in it.
  private(set) var longest = 0

  /// Looks for the names in one another.
  ///
  /// It takes time in proportion to the bytes of them all and to how many lengths they have.
  init(_ names: [[UInt8]]) {
    let (all, lengths) = (Set(names), Set(names.map(\.count)))
    for name in names {
      var parts: Set<[UInt8]> = []
      for length in lengths where length < name.count {
        for start in 0...(name.count - length) {
          let part = Array(name[start..<start + length])
          if all.contains(part) { parts.insert(part) }
        }
      }
      for part in parts { covers[part, default: []].append(name) }
      if !parts.isEmpty { longest = max(longest, name.count) }
    }
  }

  /// The names that a name is a part of.
  subscript(_ name: [UInt8]) -> [[UInt8]] { covers.isEmpty ? [] : covers[name] ?? [] }
}
