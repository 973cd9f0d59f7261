import ArgumentParser
import TextStreams

/// The options that say what becomes a row of a vocabulary.
struct LimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Spell tokens that occur fewer times than this (default: none).", valueName: "n"))
  var minCount: Int?

  @Option(
    help: ArgumentHelp(
      "Keep at most this many rows, the \(ReservedToken.count) reserved ones among them.",
      valueName: "n"))
  var maxSize: Int?

  @OptionGroup var characters: CharacterCoverageOption

  func validate() throws {
    if let minCount, minCount < 1 {
      throw ValidationError("--min-count takes a number from 1 on")
    }
    if let maxSize, !(ReservedToken.count...Int(Int32.max)).contains(maxSize) {
      throw ValidationError(
        "--max-size takes a number from \(ReservedToken.count) on, the rows that are reserved")
    }
  }

  /// What to keep; rows of a vocabulary may have a count of 0, and stay without a limit.
  var limits: VocabularyLimits {
    var limits = VocabularyLimits()
    limits.minimumCount = minCount ?? 0
    limits.maximumSize = maxSize
    limits.characterCoverage = characters.characterCoverage
    return limits
  }
}

/// Returns what to say of a vocabulary that no tool reads, as it is too large.
func complaint(ofSize report: VocabularyReport) -> String? {
  guard report.byteCount > Vocabulary.maximumByteCount else { return nil }
  return "this vocabulary has more than \(Vocabulary.maximumByteCount >> 20) MiB, too many to be"
    + " used; limit it with --min-count or --max-size"
}
