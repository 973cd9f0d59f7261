extension Configuration {
  /// The cutoffs of an adaptive softmax as the model file has them, `2000,8000` or `none`.
  package var cutoffText: String {
    adaptiveCutoffs.isEmpty ? "none" : adaptiveCutoffs.map(String.init).joined(separator: ",")
  }

  /// Reads what the header says of an adaptive softmax; files from before there was one say nothing.
  ///
  /// - Parameters:
  ///   - strings: The header's metadata.
  ///   - path: The file's name, for the errors.
  /// - Throws: ``ModelFileError`` if no model of this size has such a softmax.
  mutating func readAdaptiveSoftmax(
    _ strings: [String: String], path: String
  ) throws(ModelFileError) {
    if let text = strings["adaptive_softmax_cutoff"], text != "none" {
      let fields = text.split(separator: ",", omittingEmptySubsequences: false)
      adaptiveCutoffs = fields.compactMap { Int($0) }
      guard adaptiveCutoffs.count == fields.count,
        Self.areCutoffs(adaptiveCutoffs, vocabularySize: vocabularySize)
      else { throw .damaged(path: path, what: "no usable 'adaptive_softmax_cutoff'") }
    }
    if let text = strings["adaptive_softmax_factor"] {
      guard let factor = Int(text), Self.adaptiveFactors.contains(factor) else {
        throw .damaged(path: path, what: "no usable 'adaptive_softmax_factor'")
      }
      adaptiveFactor = factor
    }
  }
}
