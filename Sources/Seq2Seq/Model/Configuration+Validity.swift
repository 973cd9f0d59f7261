extension Configuration {
  /// Settings that cannot stand together, in the words of the options; `nil` if all can.
  package var contradiction: String? {
    if hiddenSize % 2 != 0 && encoder == .bidirectional {
      return "--enc-type bidirectional takes an even --dim-rnn, half of it for each direction"
    }
    if isResidual && encoderDepth == 1 && decoderDepth == 1 {
      return "--residual begins with the second layer; set --enc-depth or --dec-depth to 2 or more"
    }
    if isSourceReversed && encoder == .bidirectional {
      return "--reverse-source goes with --enc-type unidirectional; the other kind reads both ways"
    }
    return attentionContradiction ?? bridgeContradiction
  }

  private var attentionContradiction: String? {
    if hasCoverage && attention != .additive {
      return "--coverage goes with --attention additive"
    }
    if coverageLoss > 0 && !hasCoverage { return "--coverage-loss goes with --coverage" }
    guard attention == .none else {
      return fixedContext == .everyStep
        ? nil : "--fixed-context goes with --attention none; attention has a context for each step"
    }
    if attentionWindow > 0 { return "--attention-window goes with attention, not with 'none'" }
    if attentionState == .current {
      return "--attention-state current goes with attention, not with 'none'"
    }
    return nil
  }

  private var bridgeContradiction: String? {
    if bridge == .copy && encoderDepth != decoderDepth {
      return "--bridge copy takes an --enc-depth that equals the --dec-depth"
    }
    if bridge == .lastBackward && contextSize == 0 && encoder == .bidirectional {
      return "--bridge last-backward with --fixed-context first-state leaves out what is read "
        + "forwards; take --enc-type unidirectional, or --bridge mean or copy"
    }
    if bridge == .zero && contextSize == 0 {
      return "--bridge zero with --fixed-context first-state would hide the source; "
        + "take --bridge mean, last-backward or copy"
    }
    return nil
  }
}
