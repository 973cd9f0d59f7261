internal import Kernels
import Glibc

extension ParameterBuffer {
  /// Sets the output layer's biases so that without the readout every token has the probability
  /// that the unigram model gives it.
  ///
  /// Every token has ln p(w), also among those of a tail alone, where a constant makes no
  /// difference; in the head a tail has ln Σ p(w) over its tokens.
  ///
  /// - Parameter logProbabilities: ln p of every token.
  package func setOutputBiases(_ logProbabilities: [Double]) {
    let words = self["output.b_o"]
    for id in 0..<words.columns { words[0, id] = Element(logProbabilities[id]) }
    var first = words.columns
    for index in 0..<outputTailCount {
      let bias = outputTail(index + 1).block.bias
      let inTail = logProbabilities[first..<(first + bias.columns)]
      self["output.cluster_b"][0, index] = Element(log(inTail.reduce(0) { $0 + exp($1) }))
      for (place, value) in inTail.enumerated() { bias[0, place] = Element(value) }
      first += bias.columns
    }
  }
}
