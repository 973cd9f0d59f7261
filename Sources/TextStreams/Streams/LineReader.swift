internal import Glibc

/// Reads a stream one line at a time, or a long line piece by piece.
///
/// Only a line feed ends a line: carriage returns, U+0085 and U+2028 are text, so the reader counts
/// the lines that `wc -l` counts. A last line without a line feed is a line too. Bytes are handed
/// out in place, valid until the next call that moves the reader.
package struct LineReader: ~Copyable {
  /// The part of a line that a reader stands before.
  package struct Window {
    /// The bytes, without the line feed.
    package let bytes: UnsafeRawBufferPointer
    /// Whether a line feed follows these bytes.
    package let endsInLineFeed: Bool
    /// Whether the line goes on after these bytes.
    package let isCut: Bool
  }

  package var name: String { reader.name }
  /// The number of the line last begun, counted from 1; 0 before the first.
  package private(set) var lineNumber = 0
  /// How many bytes of that line were passed.
  package private(set) var passedInLine = 0
  /// Whether the line that ``next()`` returned last ended in a line feed.
  package private(set) var lastLineEndedInLineFeed = true

  private var reader: ByteReader
  private var searched = 0  // how far into `unread` there is no line feed
  private var isInLine = false

  /// Creates a reader of lines.
  ///
  /// - Parameters:
  ///   - file: What to read.
  ///   - capacity: The buffer's first size in bytes; it grows to what a caller asks to see.
  ///   - stages: What the bytes of the file pass before they are cut into lines, the first first.
  ///   - expandsGzip: Whether a file that begins as gzip's do is expanded, before all stages.
  ///   - beforeBlocking: Called before a read that would block, so that output can be flushed.
  package init(
    _ file: consuming InputFile, capacity: Int = 262_144, stages: [any ByteStage] = [],
    expandsGzip: Bool = false, beforeBlocking: (() throws(StreamError) -> Void)? = nil
  ) {
    reader = ByteReader(
      file, capacity: capacity, stages: stages, expandsGzip: expandsGzip)
    reader.beforeBlocking = beforeBlocking
  }

  /// Returns the next line without its line feed, or `nil` at the end.
  ///
  /// - Throws: ``StreamError`` if reading fails.
  package mutating func next() throws(StreamError) -> UnsafeRawBufferPointer? {
    guard let window = try window(upTo: .max) else { return nil }
    advance(past: window)
    lastLineEndedInLineFeed = window.endsInLineFeed
    return window.bytes
  }

  /// Refuses what by its first bytes is a file of another kind than token lines.
  ///
  /// To be called before the first line is asked for; it reads once.
  ///
  /// - Throws: ``StreamError``, which says what the file is, or if reading fails.
  package mutating func expectTokenLines() throws(StreamError) {
    _ = try reader.fill()
    try reader.refuseOtherThanTokenLines()
  }

  /// Refuses what by its first bytes is a file of a kind that is not wanted.
  ///
  /// To be called before the first line is asked for; it reads once.
  ///
  /// - Parameter reason: Why a file of a kind is none of those wanted; `nil` for one that is.
  /// - Throws: ``StreamError`` with the reason, or if reading fails.
  package mutating func refuse(_ reason: (FileKind) -> String?) throws(StreamError) {
    _ = try reader.fill()
    guard let reason = reason(FileKind(of: reader.unread)) else { return }
    throw StreamError(stream: name, problem: .malformed(reason))
  }

  /// Returns the rest of the current line, or its first `limit` bytes if it is longer.
  ///
  /// Where a line is cut depends on `limit` alone, never on how the input arrived. The reader stays
  /// where it is; ``advance(past:)`` moves it.
  ///
  /// - Parameter limit: The most bytes to return, at least 1.
  /// - Returns: `nil` at the end of the stream.
  /// - Throws: ``StreamError`` if reading fails.
  package mutating func window(upTo limit: Int) throws(StreamError) -> Window? {
    precondition(limit > 0, "a window of \(limit) bytes holds nothing")
    while true {
      let unread = reader.unread
      let reach = limit < unread.count ? limit + 1 : unread.count
      if searched < reach, let start = unread.baseAddress,
        let found = memchr(start + searched, 0x0A, reach - searched)
      {
        searched = UnsafeRawPointer(found) - start
        return begin(Window(bytes: prefix(searched), endsInLineFeed: true, isCut: false))
      }
      searched = max(searched, reach)
      if unread.count > limit {
        return begin(Window(bytes: prefix(limit), endsInLineFeed: false, isCut: true))
      }
      if try !reader.fill() {
        guard !reader.unread.isEmpty else { return nil }
        return begin(
          Window(bytes: prefix(reader.unread.count), endsInLineFeed: false, isCut: false))
      }
    }
  }

  /// Moves past `count` bytes of the current line.
  ///
  /// - Parameter count: At most the bytes of the window last seen; its line feed is not among them.
  package mutating func advance(by count: Int) {
    reader.consume(count)
    searched = max(0, searched - count)
    passedInLine += count
  }

  /// Moves past a window, and past the line feed that follows it.
  ///
  /// - Parameter window: What ``window(upTo:)`` returned last.
  package mutating func advance(past window: Window) {
    advance(by: window.bytes.count)
    if window.endsInLineFeed {
      reader.consume(1)
      searched = 0
    }
    if !window.isCut { isInLine = false }
  }

  /// Returns an error about the line last begun.
  ///
  /// - Parameters:
  ///   - reason: What is wrong and, where it is known, what to do.
  ///   - column: The byte's number in the line, counted from 1.
  /// - Returns: The error, to be thrown.
  package func malformed(_ reason: String, column: Int? = nil) -> StreamError {
    StreamError(stream: name, line: lineNumber, column: column, problem: .malformed(reason))
  }

  /// The error for a token of the line that was read last.
  ///
  /// - Parameters:
  ///   - error: What is wrong with it.
  ///   - start: How many bytes of the line there are before what the error's offset counts from.
  /// - Returns: The error with its place, to be thrown.
  package func malformed(_ error: TokenError, from start: Int = 0) -> StreamError {
    malformed(error.reason, column: start + error.offset + 1)
  }

  private mutating func begin(_ window: Window) -> Window {
    if !isInLine {
      isInLine = true
      lineNumber += 1
      passedInLine = 0
    }
    return window
  }

  private func prefix(_ count: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: reader.unread[..<count])
  }
}
