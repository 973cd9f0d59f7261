internal import TextStreams

/// What is done with the invalid sequences of a run of texts, and what is said of them.
///
/// With ``InvalidBytes/replace`` and ``InvalidBytes/skip`` each is told with its place, up to a
/// number of them in each document.
package final class InvalidSequences {
  /// How many are told one by one in a document.
  package static let mostTold = 20

  package let action: InvalidBytes
  private let tell: (String) -> Void
  private var sequences = 0
  private var bytes = 0
  private var inDocument = 0

  /// Creates the record of a run.
  ///
  /// - Parameters:
  ///   - action: What to do with each.
  ///   - tell: Takes a diagnostic without the tool's name.
  package init(_ action: InvalidBytes, tell: @escaping (String) -> Void) {
    self.action = action
    self.tell = tell
  }

  /// What was done in all documents, ready for a diagnostic; `nil` if nothing was.
  package var summary: String? {
    guard sequences > 0 else { return nil }
    return switch action {
    case .replace: "replaced \(counted(sequences, "invalid sequence")) with U+FFFD"
    case .escape: "escaped \(counted(bytes, "invalid byte"))"
    case .skip, .stop: "skipped \(counted(bytes, "invalid byte"))"
    }
  }

  /// Notes a sequence and appends what takes its place; where the action is to stop, throws.
  ///
  /// - Parameters:
  ///   - sequence: The bytes of it; none, if the encoding has a half of a character there.
  ///   - encoding: The encoding's name.
  ///   - place: Where it is.
  ///   - output: Where to append.
  /// - Throws: ``StreamError`` about the place.
  func take(
    _ sequence: UnsafeRawBufferPointer, of encoding: String, at place: TextPlace,
    into output: inout [UInt8]
  ) throws(StreamError) {
    if action == .stop {
      let what = Self.describe(sequence, encoding)
      throw place.malformed("\(what); use --invalid escape, replace or skip, or another encoding")
    }
    sequences += 1
    bytes += sequence.count
    switch action {
    case .escape where sequence.isEmpty, .replace: output.append(contentsOf: [0xEF, 0xBF, 0xBD])
    case .escape: output.append(contentsOf: sequence)
    case .skip, .stop: break
    }
    guard action != .escape else { return }
    inDocument += 1
    guard inDocument <= Self.mostTold else { return }
    tell(place.malformed("\(Self.describe(sequence, encoding)), \(done)").description)
  }

  /// Tells how many more there were than were told.
  ///
  /// - Parameter name: The document's name.
  func endDocument(_ name: String) {
    let untold = inDocument - Self.mostTold
    inDocument = 0
    guard untold > 0 else { return }
    tell("\(name): \(counted(untold, "more invalid sequence")), \(done)")
  }

  private var done: String { action == .replace ? "replaced with U+FFFD" : "skipped" }

  /// Says which bytes are not valid: `bytes 0xF9 0xFE are not valid Big5`.
  static func describe(_ sequence: UnsafeRawBufferPointer, _ encoding: String) -> String {
    guard !sequence.isEmpty else { return "half a character is not valid \(encoding)" }
    let bytes = sequence.map { "0x\(hexadecimalPair($0))" }.joined(separator: " ")
    return sequence.count == 1
      ? "byte \(bytes) is not valid \(encoding)" : "bytes \(bytes) are not valid \(encoding)"
  }
}
