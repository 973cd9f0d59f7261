/// What passages should have had and do not.
package struct PassageShortfall: Equatable, Sendable {
  /// The names that did not appear, and in how many passages.
  package private(set) var names: [[UInt8]: Int]
  /// Passages whose first sentence ended within the text that it was to begin with.
  package private(set) var prefixes: Int
  /// Sentences that were to begin with given text and were not written, or not so far.
  package private(set) var beginnings: Int

  /// Says what one passage lacks; nothing unless it is told.
  package init(names: [[UInt8]] = [], prefixes: Int = 0, beginnings: Int = 0) {
    self.names = names.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    (self.prefixes, self.beginnings) = (prefixes, beginnings)
  }

  /// How many names are missing, each as often as it is.
  package var nameCount: Int { names.values.reduce(0, +) }

  package static func += (sum: inout Self, more: Self) {
    sum.names.merge(more.names, uniquingKeysWith: +)
    sum.prefixes += more.prefixes
    sum.beginnings += more.beginnings
  }
}
