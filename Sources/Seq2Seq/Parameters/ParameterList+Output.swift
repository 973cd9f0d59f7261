extension ParameterList {
  /// Adds the output layer's biases, and what an adaptive softmax has beside the table.
  mutating func addOutput(_ configuration: Configuration) {
    let (e, tails) = (configuration.embeddingSize, configuration.adaptiveTails)
    if configuration.embeddings == .untied {
      add("output.O", [configuration.headTokenCount, e], .normal(0.1))
    }
    add("output.b_o", [configuration.headTokenCount], .zeros)
    guard !tails.isEmpty else { return }
    add("output.cluster", [tails.count, e], .normal(0.1))
    add("output.cluster_b", [tails.count], .zeros)
    for (index, tail) in tails.enumerated() {
      let name = "output.tail.\(index + 1)"
      add("\(name).P", [e, tail.size], .uniform(glorot(e, tail.size)))
      add("\(name).O", [tail.tokenCount, tail.size], .normal(0.1))
      add("\(name).b", [tail.tokenCount], .zeros)
    }
  }
}
