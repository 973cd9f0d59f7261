internal import Glibc

/// Makes the states of a ``WordAutomaton``.
struct WordAutomatonBuilder {
  /// The states behind the start, by their units; 0 for none.
  private(set) var first: [UInt32]
  /// The start and then the others, each behind the one it is reached from.
  private(set) var states = [StateTable.State()]

  private let list: WordList
  private var transitions: TransitionTable

  /// Starts without a state but the start.
  init(_ list: WordList) {
    self.list = list
    first = Array(repeating: 0, count: 0x1_0000)
    transitions = TransitionTable(capacity: list.units.count)
    states.reserveCapacity(list.units.count + 1)
  }

  /// Adds the states for the last units of all words, then those for the last but one, and so on.
  ///
  /// So a state has a higher number than all that are shorter.
  mutating func addStates() {
    var reached = [UInt32](repeating: 0, count: list.count)
    var unfinished = Array(0..<list.count)
    var depth = 0
    while !unfinished.isEmpty {
      depth += 1
      var count = 0
      for index in unfinished.indices {
        let word = unfinished[index]
        let range = list.range(of: word)
        let state = addState(after: reached[word], list.units[range.upperBound - depth])
        reached[word] = state
        if range.count > depth {
          unfinished[count] = word
          count += 1
        } else {
          addWord(word, at: Int(state))
        }
      }
      unfinished.removeLast(unfinished.count - count)
    }
  }

  /// Links every state with the longest that is shorter and stands for the start of the same text.
  ///
  /// Then no state can be added any more.
  mutating func linkFailures() {
    for index in 1..<states.count {
      var state = states[index]
      if state.origin != 0 {
        var shorter = states[Int(state.origin)].failure
        var next = knownState(after: shorter, state.unit)
        while next == 0, shorter != 0 {
          shorter = states[Int(shorter)].failure
          next = knownState(after: shorter, state.unit)
        }
        state.failure = next
      }
      let inherited = states[Int(state.failure)]
      if state.length > 0 {
        state.shorter = inherited.length > 0 ? state.failure : 0
      } else {
        state.length = inherited.length
        state.characterCount = inherited.characterCount
        state.logarithmOfWeight = inherited.logarithmOfWeight
        state.shorter = inherited.shorter
      }
      states[index] = state
    }
    // They have served, and what comes next needs memory.
    transitions = TransitionTable(capacity: 0)
  }

  /// Returns the state that a unit leads to, a new one if need be.
  private mutating func addState(after state: UInt32, _ unit: UInt16) -> UInt32 {
    let known = knownState(after: state, unit)
    guard known == 0 else { return known }
    let new = UInt32(states.count)
    if state == 0 {
      first[Int(unit)] = new
    } else {
      transitions.add(from: state, unit, to: new)
    }
    states.append(StateTable.State(origin: state, unit: unit))
    return new
  }

  /// Returns the state that a unit leads to; 0 for none.
  private func knownState(after state: UInt32, _ unit: UInt16) -> UInt32 {
    state == 0 ? first[Int(unit)] : transitions.state(after: state, unit)
  }

  private mutating func addWord(_ word: Int, at state: Int) {
    let range = list.range(of: word)
    states[state].length = UInt16(range.count)
    states[state].characterCount = UInt16(WordList.characterCount(of: list.units[range]))
    states[state].logarithmOfWeight = Float(log(Double(list.weights[word])))
  }
}
