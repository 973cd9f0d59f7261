import ArgumentParser
import TextStreams
import ToolSupport

/// `vocab coverage -v VOCAB [FILE…]`: token lines in, a table of how the vocabulary fits them out.
struct Coverage: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print how much of token lines a vocabulary covers, as a table.")

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The vocabulary that 'vocab' made.", valueName: "file"),
    completion: .file())
  var vocabulary: String?

  @Option(
    help: ArgumentHelp(
      "Print the n most frequent tokens that are spelled instead, and what spells them.",
      valueName: "n"))
  var spelled: Int?

  @Flag(
    help: "Print instead what vocabularies of the text itself would cover, size by size.")
  var bySize = false

  @OptionGroup var counting: CountingOptions
  @OptionGroup var output: OutputFile
  @OptionGroup var input: InputFiles

  func validate() throws {
    if bySize, vocabulary != nil || spelled != nil {
      throw ValidationError(
        "--by-size is about vocabularies of the text itself; leave out -v and --spelled")
    }
    if !bySize, vocabulary == nil {
      throw ValidationError("name the vocabulary with -v, or add --by-size")
    }
    if let spelled, spelled < 1 { throw ValidationError("--spelled takes a number from 1 on") }
    try shareNoStandardInput([
      ("the vocabulary", vocabulary), ("the text", input.standardInput),
    ])
  }

  func run() throws {
    let memory = try counting.memory()
    guard let vocabulary else {
      try printSizes(memory)
      return
    }
    let loaded = try Vocabulary(reading: try InputFile(path: vocabulary))
    if let spelled {
      try printSpelled(spelled, loaded, memory)
    } else {
      try printTable(loaded, memory)
    }
  }

  private func printTable(_ vocabulary: Vocabulary, _ memory: CountingMemory) throws {
    let output = try output.open()
    let writer = output.writer
    var counter = CoverageCounter(vocabulary: vocabulary, memory: memory)
    try writer.write(CoverageRow.header)
    try input.forEach { file in
      let name = file.name
      try writer.write(CoverageRow.text(name, try counter.count(file)))
    }
    try writer.write(CoverageRow.text("total", try counter.finish()))
    try output.finish()
  }

  private func printSpelled(
    _ limit: Int, _ vocabulary: Vocabulary, _ memory: CountingMemory
  ) throws {
    let output = try output.open()
    let writer = output.writer
    var counter = CoverageCounter(vocabulary: vocabulary, memory: memory)
    try input.forEach { _ = try counter.count($0) }
    try writer.write("token\tcount\tids\tspelling\n")
    _ = try counter.finish(mostFrequentSpelled: limit) {
      (token, count, ids) throws(StreamError) in
      try writer.write(token)
      try writer.write("\t\(count)\t\(ids.count)\t")
      for (index, id) in ids.enumerated() {
        if index > 0 { try writer.write(0x20) }
        try writer.write(Array(vocabulary.tokenBytes(id)))
      }
      try writer.write(0x0A)
    }
    try output.finish()
  }

  private func printSizes(_ memory: CountingMemory) throws {
    let output = try output.open()
    var counter = VocabularyCounter(memory: memory)
    try input.forEach { try counter.count($0) }
    let (sizes, tokens) = try counter.coverageBySize()
    try output.writer.write("max_size\tcovered_tokens\tcoverage\n")
    for size in sizes {
      let share = CoverageRow.ratio(size.coveredTokens, tokens)
      try output.writer.write("\(size.rows)\t\(size.coveredTokens)\t\(share)\n")
    }
    try output.finish()
  }
}

/// The rows of the table of coverage.
enum CoverageRow {
  static let header =
    [
      "file", "tokens", "types", "covered_tokens", "covered_types", "coverage",
      "spelled_as_characters", "spelled_with_bytes", "ids", "ids_per_token", "characters",
      "characters_per_id",
    ].joined(separator: "\t") + "\n"

  static func text(_ name: String, _ coverage: VocabularyCoverage) -> String {
    // A name must not break the table.
    let plain = String(
      String.UnicodeScalarView(name.unicodeScalars.map { $0.value < 0x20 ? "?" : $0 }))
    return [
      plain, "\(coverage.tokens)", "\(coverage.types)", "\(coverage.coveredTokens)",
      "\(coverage.coveredTypes)", ratio(coverage.coveredTokens, coverage.tokens),
      "\(coverage.characterSpelledTokens)", "\(coverage.byteSpelledTokens)", "\(coverage.ids)",
      ratio(coverage.ids, coverage.tokens), "\(coverage.characters)",
      ratio(coverage.characters, coverage.ids),
    ].joined(separator: "\t") + "\n"
  }

  /// One number divided by another, with four decimals; `nan` where there is nothing to divide by.
  static func ratio(_ part: Int, _ whole: Int) -> String {
    whole == 0 ? "nan" : fixed(Double(part) / Double(whole), 4)
  }
}
