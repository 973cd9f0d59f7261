internal import Kernels
import Glibc

extension ParameterBuffer {
  /// Sets the output layer's biases so that without the readout every token has the probability
  /// that the unigram model gives it.
  ///
  /// The full softmax has ln p(w). In an adaptive one a tail has ln Σ p(w) over its tokens, and a
  /// token in it its share, ln p(w) − ln Σ p(w).
  ///
  /// - Parameter logProbabilities: ln p of every token.
  package func setOutputBiases(_ logProbabilities: [Double]) {
    let words = self["output.b_o"]
    for id in 0..<words.columns { words[0, id] = Element(logProbabilities[id]) }
    var first = words.columns
    for index in 0..<outputTailCount {
      let bias = outputTail(index + 1).block.bias
      let inTail = logProbabilities[first..<(first + bias.columns)]
      let whole = log(inTail.reduce(0) { $0 + exp($1) })
      self["output.cluster_b"][0, index] = Element(whole)
      for (place, value) in inTail.enumerated() { bias[0, place] = Element(value - whole) }
      first += bias.columns
    }
  }
}
