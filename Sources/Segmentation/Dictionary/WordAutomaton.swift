/// Finds all places of all words in one pass over a text, from its end to its start.
///
/// Words are read backwards, as the text is. A state is the longest last part of a word that the
/// text behind a place begins with; the words found in it are those that begin at the place.
///
/// Source: Aho and Corasick (1975), "Efficient string matching: an aid to bibliographic search".
struct WordAutomaton: Sendable {
  /// A state; that with the number 0 is the start, in which nothing has been read.
  struct State: Sendable {
    /// The state from which this one is reached.
    var origin: UInt32 = 0
    /// The next shorter last part of a word.
    var failure: UInt32 = 0
    /// The unit that leads here from ``origin``.
    var unit: UInt16 = 0
    /// How many UTF-16 units the longest word has that is found here; 0 if there is none.
    var length: UInt16 = 0
    /// How many scalars that word has.
    var characterCount: UInt16 = 0
    var logarithmOfWeight: Float = 0
    /// The state that has the next shorter word; 0 for none.
    var shorter: UInt32 = 0
  }

  /// How many units all words together may have; a transition has 24 bits for the number of a state.
  static let maximumUnitCount = 1 << 24 - 1

  /// How many units the longest word has.
  let longestLength: Int

  /// The state behind the start, by the unit that is read; empty where there is no word.
  private let first: [UInt32]
  /// The other transitions.
  private let transitions: TransitionTable
  private let states: [State]

  var isEmpty: Bool { first.isEmpty }

  /// Makes an automaton.
  ///
  /// - Parameter list: The words, of no more than ``maximumUnitCount`` units.
  init(_ list: WordList) {
    precondition(list.units.count <= Self.maximumUnitCount, "\(list.units.count) units of words")
    longestLength = (0..<list.count).reduce(0) { max($0, list.range(of: $1).count) }
    var builder = WordAutomatonBuilder(list)
    builder.addStates()
    builder.linkFailures()
    first = list.count == 0 ? [] : builder.first
    transitions = builder.transitions
    states = builder.states
  }
}

extension WordAutomaton {
  /// An automaton whose memory is at hand.
  struct Reader {
    let states: UnsafePointer<State>
    fileprivate let first: UnsafePointer<UInt32>
    fileprivate let transitions: TransitionTable.Reader

    /// Returns the state after another one, once a unit has been read.
    @inline(__always)
    func state(after state: UInt32, _ unit: UInt16) -> UInt32 {
      var state = state
      while state != 0 {
        let next = transitions.state(after: state, unit, in: states)
        if next != 0 { return next }
        state = states[Int(state)].failure
      }
      return first[Int(unit)]
    }
  }

  /// Calls `body` with the automaton's memory, which is valid until it returns.
  ///
  /// - Precondition: There are words.
  func withReader(_ body: (Reader) -> Void) {
    transitions.withReader { transitions in
      first.withUnsafeBufferPointer { first in
        states.withUnsafeBufferPointer { states in
          guard let first = first.baseAddress, let states = states.baseAddress else {
            preconditionFailure("an automaton without words is asked for some")
          }
          body(Reader(states: states, first: first, transitions: transitions))
        }
      }
    }
  }
}
