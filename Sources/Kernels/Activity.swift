internal import CKernels

/// What a thread spends its time on, for a table of where it goes.
///
/// Each moment counts for one activity only: work within other work counts for the inner one.
package enum Activity: Int, CaseIterable, Sendable {
  case waiting, other
  case forwardProducts, backwardProducts, weightProducts
  case packing, gates, attention, softmax, embedding, reduction, optimizer

  /// What a thread's products are for.
  package enum Direction: Int32, Sendable {
    case forward, backward, weights
  }

  /// Begins or ends counting, from zero; nothing is measured otherwise.
  package static func count(_ isCounting: Bool) { ckernels_count_activities(isCounting ? 1 : 0) }

  /// The seconds of all threads together for each activity since counting began.
  ///
  /// - Precondition: No thread is at work.
  package static func seconds() -> [Activity: Double] {
    var seconds = [Double](repeating: 0, count: Int(CKERNELS_ACTIVITIES))
    ckernels_activity_seconds(&seconds)
    return Dictionary(uniqueKeysWithValues: allCases.map { ($0, seconds[$0.rawValue]) })
  }

  /// Does some work and counts its time for this activity.
  @inline(__always)
  package func measure<Result>(_ work: () throws -> Result) rethrows -> Result {
    let before = ckernels_begin_activity(Int32(rawValue))
    defer { _ = ckernels_begin_activity(before) }
    return try work()
  }

  /// Does a share of some work whose products are all for one thing.
  package static func measure(_ direction: Direction, _ work: () -> Void) {
    other.measure {
      ckernels_set_direction(direction.rawValue)
      work()
    }
  }

  /// Does a matrix product and counts its time for what the thread's products are for.
  @inline(__always)
  static func measureProduct(_ work: () -> Void) {
    let before = ckernels_begin_product(Int32(forwardProducts.rawValue))
    defer { _ = ckernels_begin_activity(before) }
    work()
  }
}
