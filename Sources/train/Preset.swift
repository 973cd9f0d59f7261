import ArgumentParser

/// A name for a set of options.
enum Preset: String, CaseIterable, ExpressibleByArgument {
  case tiny, small, base, large
  case sutskever2014, cho2014, bahdanau2015, luong2015

  /// Sizes, which `--scale` multiplies.
  var sizes: [(option: String, value: Int)] {
    let (embedding, hidden) =
      switch self {
      case .tiny: (64, 128)
      case .small: (128, 256)
      case .base: (256, 512)
      case .large: (512, 1024)
      case .sutskever2014, .luong2015: (1000, 1000)
      case .cho2014: (100, 1000)
      case .bahdanau2015: (620, 1000)
      }
    return [("--dim-emb", embedding), ("--dim-rnn", hidden)]
  }

  /// The options that decide the model.
  var model: [String] {
    switch self {
    case .tiny, .small, .base, .large: []
    case .sutskever2014:
      words(
        "--cell lstm --enc-type unidirectional --enc-depth 4 --dec-depth 4 --reverse-source",
        "--attention none --fixed-context first-state --bridge copy --embeddings untied")
    case .cho2014:
      words(
        "--cell gru --enc-type unidirectional --attention none --fixed-context every-step",
        "--bridge last-backward --readout maxout --embeddings untied")
    case .bahdanau2015:
      words(
        "--cell gru --attention additive --bridge last-backward --readout maxout",
        "--embeddings untied --max-length 50")
    case .luong2015:
      words(
        "--cell lstm --enc-type unidirectional --enc-depth 4 --dec-depth 4 --reverse-source",
        "--attention general --attention-state current --attention-window 10 --input-feeding",
        "--bridge copy --embeddings untied --max-length 50")
    }
  }

  /// The options that decide how it is trained.
  var training: [String] {
    switch self {
    case .tiny, .small, .base, .large: []
    case .sutskever2014:
      words(
        "--optimizer sgd --momentum 0 --learn-rate 0.7 --lr-schedule plateau --lr-warmup 0",
        "--mini-batch 128 --sentence-avg --clip-norm 5 --dropout 0")
    case .cho2014:
      words(
        "--optimizer adadelta --learn-rate 1 --lr-schedule constant --lr-warmup 0",
        "--mini-batch 64 --sentence-avg --clip-norm 0 --dropout 0")
    case .bahdanau2015:
      words(
        "--optimizer adadelta --learn-rate 1 --lr-schedule constant --lr-warmup 0",
        "--mini-batch 80 --sentence-avg --clip-norm 1 --dropout 0")
    case .luong2015:
      words(
        "--optimizer sgd --momentum 0 --learn-rate 1 --lr-schedule plateau --lr-warmup 0",
        "--mini-batch 128 --sentence-avg --clip-norm 5 --dropout 0.2")
    }
  }
}
