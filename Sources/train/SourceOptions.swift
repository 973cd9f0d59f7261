import ArgumentParser
import Seq2Seq
import TextStreams
import ToolSupport

/// What a source and a target are.
struct SourceOptions: ParsableArguments {
  @Option(
    name: .customLong("context-sentences"),
    help: ArgumentHelp(
      "Take this many sentences before the target for its source (default: 1).", valueName: "n"))
  var requestedContext: Int?

  @Flag(
    help: "Read pairs: token lines of two columns, a source and a target with a tab between.")
  var pairs = false

  @Option(
    name: [.customShort("v"), .customLong("vocab")],
    help: ArgumentHelp("The vocabulary of the pairs, which 'vocab' made.", valueName: "file"),
    completion: .file())
  var vocabularyPath: String?

  @Option(
    name: .customLong("source-vocab"),
    help: ArgumentHelp("The vocabulary of the sources, if it is another.", valueName: "file"),
    completion: .file())
  var sourceVocabularyPath: String?

  var contextSentences: Int { requestedContext ?? 1 }

  func validate() throws {
    let most = ModelMetadata.Source.mostSentences
    guard (1...most).contains(contextSentences) else {
      throw ValidationError("--context-sentences takes a number from 1 to \(most)")
    }
    if pairs {
      guard vocabularyPath != nil else {
        throw ValidationError("--pairs takes a vocabulary; name the file that 'vocab' made with -v")
      }
      if requestedContext != nil {
        throw ValidationError(
          "--context-sentences is for running text; the source of a pair is given")
      }
    } else if let name = givenVocabulary {
      throw ValidationError("\(name) goes with --pairs; an id stream has its vocabulary in it")
    }
  }

  /// The option that names a vocabulary, if one was given.
  var givenVocabulary: String? {
    if vocabularyPath != nil { return "--vocab" }
    return sourceVocabularyPath != nil ? "--source-vocab" : nil
  }

  /// The files that are read, by option.
  var files: [(name: String, path: String?)] {
    [("--vocab", vocabularyPath), ("--source-vocab", sourceVocabularyPath)]
  }

  /// Reads what to train on and, if it is named, what to judge by.
  func read(_ path: String, heldOut: HeldOutOptions, maximumLength: Int) throws -> TrainingText {
    guard let vocabularyPath else {
      return try TrainingText(
        idStream: path, heldOut: heldOut, maximumLength: maximumLength,
        contextSentences: contextSentences)
    }
    let vocabulary = try Vocabulary(reading: try InputFile(path: vocabularyPath))
    let sourceVocabulary = try sourceVocabularyPath.map {
      try Vocabulary(reading: try InputFile(path: $0))
    }
    return try TrainingText(
      pairs: path, heldOut: heldOut, maximumLength: maximumLength, vocabulary: vocabulary,
      sourceVocabulary: sourceVocabulary)
  }
}
