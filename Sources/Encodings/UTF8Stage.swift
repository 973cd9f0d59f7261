package import TextStreams

/// Sees to it that UTF-8 is UTF-8.
package final class UTF8Stage: ByteStage {
  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  private let invalid: InvalidSequences
  private let dropsMark: Bool
  private var place: TextPlace
  private var isAtStart = true
  /// Whether the text has shown itself to be UTF-8, so that a bad byte says nothing of the rest.
  private var hasSeenUTF8 = false

  /// Creates the stage for a document.
  ///
  /// - Parameters:
  ///   - name: The document's name in diagnostics.
  ///   - invalid: What is done with what is not valid.
  ///   - dropsMark: Whether a byte order mark at the start is left out.
  package init(name: String, invalid: InvalidSequences, dropsMark: Bool) {
    self.invalid = invalid
    self.dropsMark = dropsMark
    place = TextPlace(stream: name)
  }

  package func pass(_ input: UnsafeRawBufferPointer) -> (count: Int, wantsMore: Bool) {
    if dropsMark, isAtStart { return (0, false) }
    let usable = input.count - incompleteTail(of: input)
    let valid = firstInvalid(in: UnsafeRawBufferPointer(rebasing: input[..<usable])) ?? usable
    note(UnsafeRawBufferPointer(rebasing: input[..<valid]))
    return (valid, valid == usable)
  }

  package func process(
    _ input: UnsafeRawBufferPointer, isEnd: Bool, into output: inout [UInt8]
  ) throws(StreamError) -> Int {
    // What begins a scalar waits for the rest of it.
    let usable = isEnd ? input.count : input.count - incompleteTail(of: input)
    guard let start = startOfText(in: input, isEnd: isEnd) else { return 0 }
    var index = start
    while index < usable {
      let rest = UnsafeRawBufferPointer(rebasing: input[index..<usable])
      let valid = firstInvalid(in: rest) ?? rest.count
      let passed = UnsafeRawBufferPointer(rebasing: rest[..<valid])
      output.append(contentsOf: passed)
      note(passed)
      index += valid
      guard index < usable else { break }
      let bad = UnsafeRawBufferPointer(rebasing: input[index...])
      if invalid.action == .stop {
        // The line tells something of the encoding, and more of what is there tells more.
        guard isEnd || bad.count >= EncodingGuess.sampleSize || bad.contains(0x0A) else { break }
        throw fault(bad)
      }
      let length = maximalSubpart(of: bad)
      let sequence = UnsafeRawBufferPointer(rebasing: bad[..<length])
      try invalid.take(sequence, of: "UTF-8", at: place, into: &output)
      place.advance(past: sequence)
      index += length
    }
    if isEnd { invalid.endDocument(place.stream) }
    return index
  }

  /// Where the text begins in the input, behind a mark that is left out; `nil` if it takes more
  /// bytes to tell.
  private func startOfText(in input: UnsafeRawBufferPointer, isEnd: Bool) -> Int? {
    guard dropsMark, isAtStart else { return 0 }
    if !isEnd, input.count < Self.mark.count, Self.mark.starts(with: input) { return nil }
    isAtStart = false
    guard input.starts(with: Self.mark) else { return 0 }
    place.advance(past: UnsafeRawBufferPointer(rebasing: input[..<Self.mark.count]))
    return Self.mark.count
  }

  private func note(_ bytes: UnsafeRawBufferPointer) {
    place.advance(past: bytes)
    // Text in another encoding hardly ever makes characters of three bytes and more.
    if !hasSeenUTF8 { hasSeenUTF8 = bytes.contains { $0 >= 0xE0 } }
  }

  private func fault(_ bytes: UnsafeRawBufferPointer) -> StreamError {
    let first = UnsafeRawBufferPointer(rebasing: bytes[..<1])
    var reason = InvalidSequences.describe(first, "UTF-8")
    let sample = UnsafeRawBufferPointer(rebasing: bytes.prefix(EncodingGuess.sampleSize))
    let isStart = place.line == 1 && place.passedInLine == 0
    if hasSeenUTF8 {
      reason += ", after text that is; use --invalid escape, replace or skip"
    } else if let guess = EncodingGuess(sample, isStart: isStart, mayBeUTF8: false) {
      reason += ", this looks like \(guess.encoding.name)"
      reason += "; read it with -e \(guess.encoding.name.lowercased()), or use --invalid escape"
    } else {
      reason += "; use --invalid escape, replace or skip, or name the encoding with -e"
    }
    return place.malformed(reason)
  }
}
