import Testing

/// A tool as a filter: options that make it quick, and a file it can read.
enum Filter: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case tokenize, detok
  case vocab
  case bpe = "vocab bpe"
  case phrases = "vocab phrases"
  case merge = "vocab merge"
  case coverage = "vocab coverage"
  case export = "vocab export"
  case importing = "vocab import"
  case encode = "vocab encode"
  case decode = "vocab decode"
  case cat = "vocab cat"
  case train, generate, score

  var testDescription: String { rawValue }

  /// The tool's name, which begins its diagnostics.
  var tool: String { String(rawValue.prefix { $0 != " " }) }

  /// The command without files.
  var command: String {
    switch self {
    case .encode: "vocab encode -v $STORY/story.vocab"
    case .coverage: "vocab coverage --by-size"
    case .export: "vocab export --format fairseq"
    case .importing: "vocab import --format fairseq"
    case .train: "train --updates 2 --seed 1 \(Story.small)"
    case .generate:
      "generate -m $STORY/story.safetensors --temperature 0 --sentences 1 --max-length 5"
    case .score: "score -m $STORY/story.safetensors"
    default: rawValue
    }
  }

  /// A file that it reads.
  var input: String {
    switch self {
    case .tokenize: "$STORY/story.txt"
    case .detok, .vocab, .bpe, .phrases, .coverage, .encode, .score: "$STORY/story.tok"
    case .merge, .export: "$STORY/story.vocab"
    case .importing: "$STORY/story.dict"
    case .generate: "$STORY/prompts.tok"
    case .decode, .cat, .train: "$STORY/story.ids"
    }
  }

  /// Whether it reads token lines.
  var readsTokenLines: Bool { input.hasSuffix(".tok") }
}

extension Outcome {
  /// Expects a failure: nothing but one line on standard error, which names the tool.
  func expectFailure(
    _ status: Int32, _ tool: String, saying parts: String...,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(self.status == status, "\(diagnostics)", sourceLocation: sourceLocation)
    #expect(diagnosticLines.count == 1, "\(diagnostics)", sourceLocation: sourceLocation)
    #expect(
      diagnostics.hasPrefix("\(tool): ") && diagnostics.hasSuffix("\n"), "\(diagnostics)",
      sourceLocation: sourceLocation)
    for part in parts {
      #expect(
        diagnostics.contains(part), "\(diagnostics) has no “\(part)”",
        sourceLocation: sourceLocation)
    }
  }
}
