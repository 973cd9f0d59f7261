/// What the model alone says of a row, remembered while rules change it.
///
/// A row that nothing but prohibitions change stays as it is, so that no number is rounded on the
/// way to a choice, and nothing is copied.
struct ModelOdds {
  /// What to subtract from the row's numbers to have logarithms; 0 where these are not wanted.
  let logSum: Double
  /// The same for the row as the model gave it.
  private let ownLogSum: Double
  /// The row as the model gave it; empty where it still is, or is not wanted.
  private let own: [Float]
  private let row: UnsafeMutableBufferPointer<Float>
  private let areWanted: Bool

  /// Applies the rules to a row.
  ///
  /// - Parameters:
  ///   - row: ln p of every token, but for a constant; overwritten, and has to outlive the value.
  ///   - rules: What may be chosen.
  ///   - hypothesis: What was chosen before.
  ///   - areWanted: Whether somebody will ask for logarithms, which cost a pass over the row.
  init(
    _ row: UnsafeMutableBufferPointer<Float>, under rules: inout TokenRules,
    for hypothesis: Hypothesis, areWanted: Bool = true
  ) {
    (self.row, self.areWanted) = (row, areWanted)
    ownLogSum = areWanted || rules.readsProbabilities ? row.logSum() : 0
    own = areWanted && rules.changesChances ? Array(row) : []
    logSum = rules.readsProbabilities ? 0 : ownLogSum
    if rules.readsProbabilities { row.subtract(Float(ownLogSum)) }
    rules.apply(to: row, for: hypothesis)
  }

  /// ln p of a token that is allowed, by the model alone; 0 if logarithms are not wanted.
  func logProbability(of id: UInt32) -> Double {
    guard areWanted else { return 0 }
    return Double(own.isEmpty ? row[Int(id)] : own[Int(id)]) - ownLogSum
  }
}
