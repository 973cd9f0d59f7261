import Encodings
import Glibc
import TestSupport
import TextStreams

@testable import Segmentation

/// Runs the tokenizer over bytes.
///
/// - Parameters:
///   - text: The input.
///   - unit: What a token is.
///   - locale: By whose rules it ends.
///   - dictionary: Words that are kept whole.
///   - invalid: What to do with bytes that are not UTF-8.
///   - jobs: How many threads segment.
///   - window: The window in bytes.
///   - batchSize: What a worker is given at once, in bytes.
///   - pieces: The sizes of the reads that the input comes in, over and over; `nil` for a file's.
/// - Returns: The token lines.
/// - Throws: What the tokenizer throws.
func tokenize(
  _ text: [UInt8], unit: TokenGranularity = .word, locale: TextLocale = .chinese,
  dictionary: UserDictionary? = nil, invalid: InvalidBytes = .escape, jobs: Int = 1,
  window: Int = SegmenterOptions.standardWindow, batchSize: Int = Tokenizer.standardBatch,
  pieces: [Int]? = nil
) throws -> [UInt8] {
  try written { writer in
    var options = SegmenterOptions()
    options.unit = unit
    options.locale = locale
    options.dictionary = dictionary
    options.window = window
    let tokenizer = try Tokenizer(
      options, jobs: jobs, batchSize: batchSize, writer: writer)
    try withInput(text, pieces: pieces) {
      try tokenizer.tokenize($0, stages: [stage(invalid)])
    }
    try tokenizer.finish()
  }
}

/// Runs the detokenizer over bytes; see
/// ``tokenize(_:unit:locale:dictionary:invalid:jobs:window:batchSize:pieces:)``.
func detokenize(_ lines: [UInt8], pieces: [Int]? = nil) throws -> [UInt8] {
  try written { writer in
    var detokenizer = Detokenizer(writer: writer)
    try withInput(lines, pieces: pieces) { try detokenizer.detokenize($0) }
  }
}

/// The token lines of a text as strings; the empty string is an empty line.
func lines(
  _ text: String, unit: TokenGranularity = .word, locale: TextLocale = .chinese,
  dictionary: UserDictionary? = nil, window: Int = SegmenterOptions.standardWindow
) throws -> [String] {
  let lines = try tokenize(
    Array(text.utf8), unit: unit, locale: locale, dictionary: dictionary, invalid: .stop,
    window: window)
  return lines.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().map {
    String(decoding: $0, as: UTF8.self)
  }
}

/// What has to become of bytes that are not UTF-8 in an input named `input`.
func stage(_ invalid: InvalidBytes) -> any ByteStage {
  UTF8Stage(name: "input", invalid: InvalidSequences(invalid) { _ in }, dropsMark: false)
}

/// Hands bytes to `body` as an input named `input`.
func withInput(
  _ bytes: [UInt8], pieces: [Int]?, _ body: (consuming InputFile) throws -> Void
) throws {
  guard let pieces else {
    let file = UnnamedFile(bytes)
    try body(InputFile(borrowing: file.descriptor, name: "input"))
    return
  }
  // Each read of such a socket returns what one write sent.
  var ends: [CInt] = [0, 0]
  socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &ends)
  let (receiving, sending) = (ends[0], ends[1])
  let sender = WorkerThread {
    var start = 0
    var index = 0
    while start < bytes.count {
      let end = min(start + pieces[index % pieces.count], bytes.count)
      let sent = bytes[start..<end].withUnsafeBytes {
        send(sending, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if sent < 0 { break }
      start = end
      index += 1
    }
    close(sending)
  }
  defer {
    close(receiving)
    sender?.join()
  }
  try body(InputFile(borrowing: receiving, name: "input"))
}
