/// What a passage is to go on from.
package struct Prompt: Sendable {
  /// Its last sentences; not empty.
  package var source: RollingSource
  /// Decides the choices, together with the seed.
  package var number: Int

  package init(source: RollingSource, number: Int) {
    self.source = source
    self.number = number
  }

  /// Takes one sentence as a prompt.
  package init(source sentence: [UInt32], number: Int) {
    self.init(source: RollingSource(sentence), number: number)
  }
}
