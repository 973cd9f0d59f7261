package import TextStreams

/// Makes UTF-8 of a text whose encoding it finds out from the front of it.
package final class DetectingStage: ByteStage {
  /// How many bytes are waited for, if there are as many.
  package static let front = 262_144

  private let name: String
  private let invalid: InvalidSequences
  private let tell: (String) -> Void
  private var stage: (any ByteStage)?

  /// Creates the stage for a document.
  ///
  /// - Parameters:
  ///   - name: The document's name in diagnostics.
  ///   - invalid: What is done with what is not valid.
  ///   - tell: Takes what is found, as a diagnostic without the tool's name.
  package init(name: String, invalid: InvalidSequences, tell: @escaping (String) -> Void) {
    self.name = name
    self.invalid = invalid
    self.tell = tell
  }

  package func pass(_ input: UnsafeRawBufferPointer) -> (count: Int, wantsMore: Bool) {
    stage?.pass(input) ?? (0, false)
  }

  package func process(
    _ input: UnsafeRawBufferPointer, isEnd: Bool, into output: inout [UInt8]
  ) throws(StreamError) -> Int {
    if let stage { return try stage.process(input, isEnd: isEnd, into: &output) }
    guard isEnd || input.count >= Self.front else { return 0 }
    let front = UnsafeRawBufferPointer(rebasing: input.prefix(Self.front))
    guard let guess = EncodingGuess(front, isStart: true, mayBeUTF8: true) else {
      throw StreamError(
        stream: name,
        problem: .malformed("cannot tell the encoding; name it with -e, --list-encodings has all"))
    }
    tell("\(name): \(guess.encoding.name) (confidence \(guess.confidence) of 100)")
    let stage = decodingStage(guess.encoding, name: name, invalid: invalid)
    self.stage = stage
    return try stage.process(input, isEnd: isEnd, into: &output)
  }
}

/// Returns what makes UTF-8 of a document.
///
/// - Parameters:
///   - encoding: The document's encoding, whose byte order mark is no text.
///   - name: The document's name in diagnostics.
///   - invalid: What is done with what is not valid.
/// - Returns: The stage.
package func decodingStage(
  _ encoding: TextEncoding, name: String, invalid: InvalidSequences
) -> any ByteStage {
  encoding.isUTF8
    ? UTF8Stage(name: name, invalid: invalid, dropsMark: true)
    : ConvertingStage(encoding, name: name, invalid: invalid)
}
