import Glibc

/// Keeps what is written about as surprising as it should be.
///
/// What surprises by more than a limit μ, in bits, is left out, and after each token that was drawn
///
///     S = −log₂ p
///     μ′ = μ − η(S − τ)
///
/// where p is its probability among what was left. So the mean of S comes to the target τ, as far as
/// the model can surprise that much.
///
/// Source: Basu, Ramachandran, Keskar and Varshney (2021), in the second version, which llama.cpp
/// has: without an estimate of Zipf's exponent, and with S after what is left out.
package struct Mirostat: Sendable, Equatable {
  /// τ, in bits.
  package let target: Double
  /// η, how fast the limit follows.
  package let rate: Double
  /// μ, in bits; 2τ at first.
  package private(set) var limit: Double

  package init(target: Double, rate: Double = 0.1) {
    (self.target, self.rate) = (target, rate)
    limit = 2 * target
  }

  /// The least weight that a token must have, of weights that are together `total`.
  ///
  /// The likeliest, whose weight is 1, always has it.
  func floor(total: Double) -> Float { Float(min(1, total * exp2(-limit))) }

  /// Takes note of a token that was drawn.
  ///
  /// - Parameter probability: Its share of what was left.
  mutating func observe(probability: Double) {
    limit -= rate * (-log2(probability) - target)
  }
}
