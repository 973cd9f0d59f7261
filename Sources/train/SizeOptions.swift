import ArgumentParser

/// The model's sizes; those not named suit the size of the text.
struct SizeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Size of an embedding (default: by the size of the text).", valueName: "n"))
  var dimEmb: Int?

  @Option(
    help: ArgumentHelp(
      "Size of the decoder's state (default: 256).", valueName: "n"))
  var dimRnn: Int?

  @Option(
    help: ArgumentHelp(
      "Start the embeddings from these word vectors, in word2vec's text format.",
      valueName: "file"),
    completion: .file())
  var initEmbeddings: String?

  @Option(
    help: ArgumentHelp("Size of the attention's layer (default: --dim-rnn).", valueName: "n"))
  var dimAtt: Int?

  @Option(
    name: .customLong("max-length"),
    help: ArgumentHelp(
      "Cut sources and targets longer than this many tokens (default: 100).", valueName: "n"))
  var requestedMaxLength: Int?

  var maxLength: Int { requestedMaxLength ?? 100 }

  func validate() throws {
    for (name, value) in [("--dim-emb", dimEmb), ("--dim-rnn", dimRnn), ("--dim-att", dimAtt)] {
      if let value, !(1...65_536).contains(value) {
        throw ValidationError("\(name) takes a number from 1 to 65536")
      }
    }
    guard (1...1_000_000).contains(maxLength) else {
      throw ValidationError("--max-length takes a number from 1 to 1000000")
    }
  }
}
