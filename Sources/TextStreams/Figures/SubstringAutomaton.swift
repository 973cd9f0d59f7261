/// All substrings of a text, as the smallest automaton that reads its suffixes.
///
/// A state stands for the substrings that end at the same places; its length is that of the longest,
/// and its link leads to the state of the longest suffix that ends at other places too. It is built
/// character by character. There are at most two states and three edges for each; with the table
/// that finds the edges that is some 100 bytes a character.
///
/// Source: Blumer et al. (1985), "The smallest automaton recognizing the subwords of a text",
/// section 2.
struct SubstringAutomaton {
  /// The state of the empty string.
  static let root: UInt32 = 0

  private struct State {
    var length: UInt32
    var link: UInt32
    /// The edge added last; each knows the one before it.
    var lastEdge = EdgeTable.none
  }

  private var states = [State(length: 0, link: 0)]
  private var edges = EdgeTable()
  /// The state of the whole text.
  private var last = Self.root

  var stateCount: Int { states.count }

  /// The length of the longest string of a state.
  @inline(__always)
  func length(of state: UInt32) -> UInt32 { states[Int(state)].length }

  /// The state of the longest suffix that occurs elsewhere too; the root's is the root.
  @inline(__always)
  func link(of state: UInt32) -> UInt32 { states[Int(state)].link }

  /// The state of a state's strings with a character more, if they occur so.
  @inline(__always)
  func next(after state: UInt32, _ character: UInt32) -> UInt32? {
    edges.find(from: state, character).map { edges[$0].target }
  }

  /// Adds a character to the text.
  mutating func append(_ character: UInt32) {
    let whole = addState(State(length: states[Int(last)].length + 1, link: Self.root))
    var state = last
    last = whole
    while true {
      if let edge = edges.find(from: state, character) {
        states[Int(whole)].link = target(of: edge, from: state, character)
        return
      }
      addEdge(from: state, character, to: whole)
      if state == Self.root { return }
      state = states[Int(state)].link
    }
  }

  /// Returns the state of a state's longest string with a character more, making it one of its own.
  private mutating func target(
    of edge: Int, from state: UInt32, _ character: UInt32
  ) -> UInt32 {
    let target = edges[edge].target
    let length = states[Int(state)].length + 1
    if states[Int(target)].length == length { return target }
    let copy = addState(State(length: length, link: states[Int(target)].link))
    var next = states[Int(target)].lastEdge
    while next != EdgeTable.none {
      let edge = edges[Int(next)]
      addEdge(from: copy, edge.character, to: edge.target)
      next = edge.previous
    }
    states[Int(target)].link = copy
    var state = state
    while let edge = edges.find(from: state, character), edges[edge].target == target {
      edges.redirect(edge, to: copy)
      if state == Self.root { break }
      state = states[Int(state)].link
    }
    return copy
  }

  private mutating func addState(_ state: State) -> UInt32 {
    states.append(state)
    return UInt32(states.count - 1)
  }

  private mutating func addEdge(from state: UInt32, _ character: UInt32, to target: UInt32) {
    states[Int(state)].lastEdge = edges.add(
      EdgeTable.Edge(
        source: state, character: character, target: target,
        previous: states[Int(state)].lastEdge))
  }
}
