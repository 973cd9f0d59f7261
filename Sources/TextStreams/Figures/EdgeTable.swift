/// The edges of an automaton, found by the state they leave and the character they read.
///
/// Open addressing with linear probing, half full at most.
struct EdgeTable {
  struct Edge {
    let source: UInt32
    let character: UInt32
    fileprivate(set) var target: UInt32
    /// The edge that its source was given before, or ``EdgeTable/none``.
    let previous: UInt32
  }

  /// The number of no edge.
  static let none = UInt32.max

  private var edges: [Edge] = []
  /// The numbers of edges, ``none`` where a slot is free.
  private var slots = [UInt32](repeating: Self.none, count: 64)

  subscript(edge: Int) -> Edge { edges[edge] }

  /// The number of an edge, if it is there.
  @inline(__always)
  func find(from source: UInt32, _ character: UInt32) -> Int? {
    let number = slots[slotNumber(source, character)]
    return number == Self.none ? nil : Int(number)
  }

  /// Adds an edge that is not there yet.
  ///
  /// - Returns: Its number.
  mutating func add(_ edge: Edge) -> UInt32 {
    let number = UInt32(edges.count)
    edges.append(edge)
    if edges.count * 2 > slots.count {
      grow()
    } else {
      slots[slotNumber(edge.source, edge.character)] = number
    }
    return number
  }

  /// Leads an edge to another state.
  mutating func redirect(_ edge: Int, to target: UInt32) { edges[edge].target = target }

  private mutating func grow() {
    slots = Array(repeating: Self.none, count: slots.count * 2)
    for (number, edge) in edges.enumerated() {
      slots[slotNumber(edge.source, edge.character)] = UInt32(number)
    }
  }

  /// The slot of an edge, or the free one where it belongs.
  @inline(__always)
  private func slotNumber(_ source: UInt32, _ character: UInt32) -> Int {
    let key = UInt64(source) << 32 | UInt64(character)
    let mask = slots.count - 1
    let product = (key ^ key >> 29) &* 0x9E37_79B9_7F4A_7C15
    var number = Int(truncatingIfNeeded: product >> 32) & mask
    while slots[number] != Self.none {
      let edge = edges[Int(slots[number])]
      if edge.source == source, edge.character == character { break }
      number = (number + 1) & mask
    }
    return number
  }
}
