internal import Glibc

/// Makes the parts of a ``WordAutomaton``.
struct WordAutomatonBuilder {
  private(set) var first: [UInt32]
  private(set) var transitions: TransitionTable
  private(set) var states = [WordAutomaton.State()]
  private(set) var words = [WordAutomaton.Word()]

  private let list: WordList
  /// For each state the one it was reached from, and the unit that led to it.
  private var origins: [UInt32] = [0]
  private var units: [UInt16] = [0]

  /// Starts without a state but the start.
  init(_ list: WordList) {
    self.list = list
    first = Array(repeating: 0, count: 0x1_0000)
    transitions = TransitionTable(capacity: list.units.count)
    states.reserveCapacity(list.units.count + 1)
    origins.reserveCapacity(list.units.count + 1)
    units.reserveCapacity(list.units.count + 1)
    words.reserveCapacity(list.count + 1)
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

  /// Links every state with the longest that is shorter and stands for the same text.
  mutating func linkFailures() {
    for state in 1..<states.count {
      let (origin, unit) = (origins[state], units[state])
      if origin != 0 {
        var shorter = states[Int(origin)].failure
        var next = knownState(after: shorter, unit)
        while next == 0, shorter != 0 {
          shorter = states[Int(shorter)].failure
          next = knownState(after: shorter, unit)
        }
        states[state].failure = next
      }
      let inherited = states[Int(states[state].failure)].word
      if states[state].word == 0 {
        states[state].word = inherited
      } else {
        words[Int(states[state].word)].shorter = inherited
      }
    }
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
    states.append(WordAutomaton.State())
    origins.append(state)
    units.append(unit)
    return new
  }

  private func knownState(after state: UInt32, _ unit: UInt16) -> UInt32 {
    state == 0 ? first[Int(unit)] : transitions.state(after: state, unit)
  }

  private mutating func addWord(_ word: Int, at state: Int) {
    let range = list.range(of: word)
    let found = WordAutomaton.Word(
      length: UInt16(range.count),
      characterCount: UInt16(WordList.characterCount(of: list.units[range])),
      logarithmOfWeight: Float(log(Double(list.weights[word]))))
    if states[state].word == 0 {
      states[state].word = UInt32(words.count)
      words.append(found)
    } else {
      words[Int(states[state].word)] = found
    }
  }
}
