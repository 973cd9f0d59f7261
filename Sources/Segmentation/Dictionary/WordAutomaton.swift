/// Finds all places of all words in one pass over a text, from its end to its start.
///
/// Words are read backwards, as the text is. A state is the longest last part of a word that the
/// text behind a place begins with; the words found in it are those that begin at the place.
///
/// Source: Aho and Corasick (1975), "Efficient string matching: an aid to bibliographic search".
struct WordAutomaton: Sendable {
  /// How many units all words together may have, as states are numbered with 24 bits at first.
  static let maximumUnitCount = 1 << 24 - 1

  /// How many units the longest word has.
  let longestLength: Int

  /// The state behind the start, by the unit that is read; empty where there is no word.
  private let first: [UInt32]
  private let states: StateTable

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
    var first = builder.first
    states = StateTable(builder.states, first: &first)
    self.first = list.count == 0 ? [] : first
  }
}

extension WordAutomaton {
  /// An automaton whose memory is at hand.
  struct Reader {
    var states: UnsafePointer<StateTable.State> { table.states }

    fileprivate let first: UnsafePointer<UInt32>
    fileprivate let table: StateTable.Reader

    /// Returns the state after another one, once a unit has been read.
    @inline(__always)
    func state(after state: UInt32, _ unit: UInt16) -> UInt32 {
      var state = state
      while state != 0 {
        if states[Int(state)].goesOn {
          let next = table.state(after: state, unit)
          if next != 0 { return next }
        }
        state = states[Int(state)].failure
      }
      return first[Int(unit)]
    }
  }

  /// Calls `body` with the automaton's memory, which is valid until it returns.
  ///
  /// - Precondition: There are words.
  func withReader(_ body: (Reader) -> Void) {
    states.withReader { states in
      first.withUnsafeBufferPointer { first in
        guard let first = first.baseAddress else {
          preconditionFailure("an automaton without words is asked for some")
        }
        body(Reader(first: first, table: states))
      }
    }
  }
}
