/// The parameters of the least held-out loss so far, or the last where nothing is held out.
final class BestModel {
  let parameters: ParameterBuffer<Float>
  /// Where the run stood; `nil` before there are any parameters.
  private(set) var record: TrainingRecord?
  /// Records in a row that were no better.
  private(set) var staleCount = 0

  init(_ list: ParameterList) { parameters = ParameterBuffer(list) }

  /// Takes over what a record is about if it is better.
  ///
  /// - Returns: Whether it is.
  func consider(_ candidate: TrainingRecord, _ parameters: ParameterBuffer<Float>) -> Bool {
    if let bound = record?.validation?.loss, let loss = candidate.validation?.loss,
      !(loss < bound)
    {
      staleCount += 1
      return false
    }
    staleCount = 0
    record = candidate
    self.parameters.copy(from: parameters)
    return true
  }

  /// Counts a record whose parameters are of no use.
  func reject() { staleCount += 1 }
}
