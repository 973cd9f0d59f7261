extension Configuration {
  /// The cutoffs of an adaptive softmax as the model file has them, `2000,8000` or `none`.
  package var cutoffText: String {
    adaptiveCutoffs.isEmpty ? "none" : adaptiveCutoffs.map(String.init).joined(separator: ",")
  }

  /// The numbers of `2000,8000`; `nil` if they are not all numbers.
  package static func cutoffs(parsing text: String) -> [Int]? {
    let fields = text.split(separator: ",", omittingEmptySubsequences: false)
    let cutoffs = fields.compactMap { Int($0) }
    return cutoffs.count == fields.count ? cutoffs : nil
  }

  /// Reads what the header says of an adaptive softmax.
  ///
  /// - Throws: ``ModelFileError`` if no model of this size has such a softmax.
  mutating func readAdaptiveSoftmax(_ reader: MetadataReader) throws(ModelFileError) {
    let text = try reader.text("adaptive_softmax_cutoff")
    if text != "none" {
      guard let cutoffs = Self.cutoffs(parsing: text),
        Self.areCutoffs(cutoffs, vocabularySize: vocabularySize)
      else { throw .damaged(path: reader.path, what: "no usable 'adaptive_softmax_cutoff'") }
      adaptiveCutoffs = cutoffs
    }
    adaptiveFactor = try reader.number("adaptive_softmax_factor", in: Self.adaptiveFactors)
  }
}
