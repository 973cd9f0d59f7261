import Glibc

/// The learning rate along a run: a linear rise to the peak, then as the schedule says.
package struct LearningRate: Sendable {
  /// What follows the rise; `p` is the share of the run that is done, `n` the update, `w` the
  /// updates of the rise.
  package enum Schedule: String, CaseIterable, Sendable {
    /// peak·(1 + cos πp)/2, half a cosine down to zero.
    ///
    /// Source: Loshchilov and Hutter (2017), equation 5, without restarts.
    case cosine
    /// peak·√(w/n).
    ///
    /// Source: Vaswani et al. (2017), equation 3, scaled to reach the peak.
    case inverseSquareRoot = "inverse-sqrt"
    /// Half as much after each held-out loss that is no new best.
    case plateau
    case constant
  }

  package let schedule: Schedule
  package let peak: Double
  /// Updates until the peak is reached.
  package let warmUp: Int
  /// What the peak has come down to.
  package private(set) var reducedPeak: Double

  /// Describes a schedule.
  package init(_ schedule: Schedule = .cosine, peak: Double, warmUp: Int) {
    self.schedule = schedule
    self.peak = peak
    reducedPeak = peak
    self.warmUp = warmUp
  }

  /// Makes all that follows half as large.
  package mutating func halve() { reducedPeak /= 2 }

  /// The rate of an update.
  ///
  /// - Parameters:
  ///   - update: The update's number, from 1.
  ///   - progress: The share of the run that is done, from 0 to 1.
  /// - Returns: What to multiply the optimiser's step by.
  package func rate(update: Int, progress: Double) -> Double {
    let rise = warmUp > 0 ? min(1, Double(update) / Double(warmUp)) : 1
    let shape =
      switch schedule {
      case .cosine: 0.5 * (1 + cos(Double.pi * min(1, max(0, progress))))
      case .inverseSquareRoot: min(1, Double(max(1, warmUp)) / Double(update)).squareRoot()
      case .plateau, .constant: 1.0
      }
    return reducedPeak * rise * shape
  }
}
