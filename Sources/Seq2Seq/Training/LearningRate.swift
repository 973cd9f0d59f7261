import Glibc

/// The learning rate along a run: a linear rise, then half a cosine down to zero.
///
/// Source: Loshchilov and Hutter (2017), equation 5, without restarts.
package struct LearningRate: Sendable {
  package let peak: Double
  /// Updates until the peak is reached.
  package let warmUp: Int

  /// Describes a schedule.
  package init(peak: Double, warmUp: Int) {
    self.peak = peak
    self.warmUp = warmUp
  }

  /// The rate of an update.
  ///
  /// - Parameters:
  ///   - update: The update's number, from 1.
  ///   - progress: The share of the run that is done, from 0 to 1.
  /// - Returns: What to multiply Adam's step by.
  package func rate(update: Int, progress: Double) -> Double {
    let rise = warmUp > 0 ? min(1, Double(update) / Double(warmUp)) : 1
    return peak * rise * 0.5 * (1 + cos(Double.pi * min(1, max(0, progress))))
  }
}
