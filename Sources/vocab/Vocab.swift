import ArgumentParser
import ToolSupport

/// Counts tokens, and turns token lines into ids and back.
@main
struct Vocab: Tool {
  static let configuration = CommandConfiguration(
    commandName: "vocab",
    abstract: "Make the vocabulary of token lines; turn token lines into ids and back.",
    discussion: """
      Without a command, tokens are counted and the vocabulary is written:
      'vocab --min-count 3 novel.tok'. 'vocab count --help' lists the options. A file named as a \
      command is written with its folder: 'vocab ./encode'.
      """,
    version: versionText("vocab"),
    subcommands: [
      Count.self, BPE.self, Phrases.self, Merge.self, Coverage.self, Export.self, Import.self,
      Encode.self, Decode.self, Cat.self,
    ],
    defaultSubcommand: Count.self)

  /// What a vocabulary of nothing is said to be.
  static let emptyText =
    "no tokens, so there are the reserved rows alone; did the program before it fail?"
}
