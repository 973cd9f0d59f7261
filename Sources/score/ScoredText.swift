import Seq2Seq
import TextStreams

/// A text that was read.
struct ScoredText {
  /// The pairs to score, as each of the models reads them; empty without a model.
  var pairs: [PairList] = []
  /// What there is to say of the text without a model, if that is wanted.
  var figures: TextFigures?
  /// Where it is looked for in the training text.
  var copies: CopySearch?
}
