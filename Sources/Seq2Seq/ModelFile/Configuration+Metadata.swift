extension Configuration {
  private static let largestSize = 65_536

  /// The strings that describe the model in its file, named as the options are.
  var strings: [String: String] {
    [
      "cell": cell.rawValue, "enc_type": encoder.rawValue, "enc_depth": String(encoderDepth),
      "dec_depth": String(decoderDepth), "residual": String(isResidual),
      "layer_normalization": String(isNormalized), "reverse_source": String(isSourceReversed),
      "attention": attention.rawValue, "fixed_context": fixedContext.rawValue,
      "attention_state": attentionState.rawValue, "attention_window": String(attentionWindow),
      "coverage": String(hasCoverage), "coverage_loss": String(coverageLoss),
      "input_feeding": String(hasInputFeeding), "bridge": bridge.rawValue,
      "readout": readout.rawValue, "embeddings": embeddings.rawValue,
      "adaptive_softmax_cutoff": cutoffText, "adaptive_softmax_factor": String(adaptiveFactor),
      "dim_vocab": String(vocabularySize), "dim_emb": String(embeddingSize),
      "dim_rnn": String(hiddenSize), "dim_att": String(attentionSize),
    ]
  }

  /// Reads the strings again.
  init(_ reader: MetadataReader, maximumSourceLength: Int) throws(ModelFileError) {
    let (sizes, depths) = (1...Self.largestSize, 1...Configuration.deepest)
    self.init(
      vocabularySize: try reader.number(
        "dim_vocab", in: Int(ReservedID.bytes.upperBound)...(1 << 28)),
      embeddingSize: try reader.number("dim_emb", in: sizes),
      hiddenSize: try reader.number("dim_rnn", in: sizes),
      attentionSize: try reader.number("dim_att", in: sizes))
    cell = try reader.kind("cell", Cell.self)
    encoder = try reader.kind("enc_type", Encoder.self)
    encoderDepth = try reader.number("enc_depth", in: depths)
    decoderDepth = try reader.number("dec_depth", in: depths)
    isResidual = try reader.flag("residual")
    isNormalized = try reader.flag("layer_normalization")
    isSourceReversed = try reader.flag("reverse_source")
    attention = try reader.kind("attention", Attention.self)
    fixedContext = try reader.kind("fixed_context", FixedContext.self)
    attentionState = try reader.kind("attention_state", AttentionState.self)
    attentionWindow = try reader.number("attention_window", in: 0...Self.largestSize)
    hasCoverage = try reader.flag("coverage")
    coverageLoss = try reader.fraction("coverage_loss")
    hasInputFeeding = try reader.flag("input_feeding")
    bridge = try reader.kind("bridge", Bridge.self)
    readout = try reader.kind("readout", Readout.self)
    embeddings = try reader.kind("embeddings", Embeddings.self)
    try readAdaptiveSoftmax(reader)
    self.maximumSourceLength = maximumSourceLength
    if let contradiction {
      throw .damaged(
        path: reader.path, what: "its settings contradict each other: \(contradiction)")
    }
  }
}
