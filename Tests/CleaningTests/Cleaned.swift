import Glibc
import TestSupport
import Testing
import TextStreams

@testable import Cleaning

/// What became of a text.
struct Cleaned {
  var bytes: [UInt8] = []
  /// What was left out, as `3 rule: ***`, with the line's number in front.
  var dropped: [String] = []
  var reports: [String] = []

  var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// Cleans a text.
///
/// - Parameters:
///   - text: The input.
///   - cleans: Whether what is no text is left out.
///   - unwraps: Whether hard-wrapped lines are joined.
///   - pieces: The sizes of the pieces that the input comes in, over and over.
///   - longest: Lines of more bytes come in pieces.
///   - front: How many bytes the front of the document has.
/// - Returns: What became of it.
/// - Throws: What the cleaner throws.
func clean(
  _ text: [UInt8], cleans: Bool = true, unwraps: Bool = false, pieces: [Int] = [.max],
  longest: Int = LineSplitter.longest, front: Int = FrontRule.mostBytes
) throws -> Cleaned {
  var cleaned = Cleaned()
  let rows = try written { writer in
    let cleaner = NovelCleaner(
      name: "novel.txt", cleans: cleans, unwraps: unwraps, log: try DropLog(writer: writer),
      longest: longest, front: front)
    var start = 0
    var index = 0
    while start < text.count {
      let end = start + min(pieces[index % pieces.count], text.count - start)
      try text[start..<end].withUnsafeBytes {
        let consumed = try cleaner.process($0, isEnd: false, into: &cleaned.bytes)
        #expect(consumed == $0.count)
      }
      start = end
      index += 1
    }
    let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
    _ = try cleaner.process(nothing, isEnd: true, into: &cleaned.bytes)
    cleaned.reports = cleaner.reports
  }
  cleaned.dropped = String(decoding: rows, as: UTF8.self).split(separator: "\n").dropFirst().map {
    let columns = $0.split(separator: "\t", omittingEmptySubsequences: false)
    return "\(columns[1]) \(columns[2]): \(columns[3])"
  }
  return cleaned
}

/// Cleans a text; see ``clean(_:cleans:unwraps:pieces:longest:front:)``.
func clean(_ text: String, cleans: Bool = true, unwraps: Bool = false) throws -> Cleaned {
  try clean(Array(text.utf8), cleans: cleans, unwraps: unwraps)
}
