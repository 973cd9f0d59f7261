import Seq2Seq
import TextStreams

/// How many sentences did not come to an end of their own.
struct EndingCounts {
  private var cutCount = 0
  private var stuckCount = 0

  /// Counts sentences that were written.
  mutating func take(_ sentences: [WrittenSentence]) {
    cutCount += sentences.count { $0.ending == .cut }
    stuckCount += sentences.count { $0.ending == .stuck }
  }

  /// What the user should know at the end.
  ///
  /// - Parameter maximumLength: The most tokens of a sentence.
  /// - Returns: A line for each kind of which there are any.
  func remarks(maximumLength: Int) -> [String] {
    var remarks: [String] = []
    if cutCount > 0 {
      remarks.append(
        "\(counted(cutCount, "sentence")) broken off after \(counted(maximumLength, "token")); "
          + "--max-length sets the limit")
    }
    if stuckCount > 0 {
      remarks.append(
        "\(counted(stuckCount, "sentence")) broken off, as no token was allowed; "
          + "some options rule out what others ask for")
    }
    return remarks
  }
}
