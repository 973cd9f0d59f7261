/// How sequences of unlike lengths lie in one matrix without padding, time step by time step.
///
/// The sequences are ordered by falling length, so those still running at step t are the first
/// `active[t]`, and the step's rows are `offset[t]` ..< `offset[t] + active[t]`. The row of a
/// sequence at step t − 1 is the same one relative to that step's start: a step's predecessors
/// are the first rows of the step before.
package struct RaggedSteps: Sendable {
  /// Place in this order → the sequence's number.
  package let order: [Int]
  /// Lengths in this order, falling.
  package let lengths: [Int]
  /// Sequences that have a step t.
  package let active: [Int]
  /// The first row of step t.
  package let offset: [Int]
  /// Rows of all steps together.
  package let rowCount: Int

  /// Orders sequences by falling length, equal ones by their number.
  package init(lengths unordered: [Int]) {
    order = unordered.indices.sorted { (-unordered[$0], $0) < (-unordered[$1], $1) }
    lengths = order.map { unordered[$0] }
    var active: [Int] = []
    var offset: [Int] = []
    var rows = 0
    var running = lengths.count
    for step in 0..<(lengths.first ?? 0) {
      while running > 0 && lengths[running - 1] <= step { running -= 1 }
      active.append(running)
      offset.append(rows)
      rows += running
    }
    self.active = active
    self.offset = offset
    rowCount = rows
  }

  package var stepCount: Int { active.count }
  package var sequenceCount: Int { order.count }

  /// The first row of what step t follows, in a matrix with one row for every sequence's first
  /// state before the rows of the steps.
  package func predecessor(of step: Int) -> Int {
    step == 0 ? 0 : sequenceCount + offset[step - 1]
  }

  /// The first row of what step t produces, in that same matrix.
  package func successor(of step: Int) -> Int { sequenceCount + offset[step] }
}
