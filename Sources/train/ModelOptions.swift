import ArgumentParser
import Seq2Seq

/// What decides the model.
struct ModelOptions: ParsableArguments {
  @OptionGroup var size: SizeOptions
  @OptionGroup var layers: LayerOptions
  @OptionGroup var attention: AttentionOptions

  func configuration(vocabularySize: Int, _ suggestion: Suggestion) throws -> Configuration {
    let hiddenSize = size.dimRnn ?? suggestion.hiddenSize
    var configuration = Configuration(
      vocabularySize: vocabularySize, embeddingSize: size.dimEmb ?? suggestion.embeddingSize,
      hiddenSize: hiddenSize, attentionSize: size.dimAtt ?? hiddenSize)
    configuration.maximumSourceLength = size.maxLength
    layers.apply(to: &configuration)
    attention.apply(to: &configuration)
    if let contradiction = configuration.contradiction { throw ValidationError(contradiction) }
    return configuration
  }

  func validate() throws {
    // Contradictions do not depend on the text.
    let configuration = try configuration(vocabularySize: 300, Suggestion(trainingTokens: 0))
    guard size.dimAtt == nil || configuration.usesAttentionSize else {
      throw ValidationError(
        "--dim-att goes with --attention additive or --attention-window; "
          + "--attention \(configuration.attention.rawValue) has no layer of that size")
    }
    try attention.check(configuration.attention)
  }
}
