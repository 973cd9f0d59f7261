internal import TextStreams

/// Cuts paragraphs that are in memory, as ``Tokenizer`` cuts those of a stream.
///
/// Not thread-safe, as ICU is not.
package final class ParagraphSegmenter {
  /// The most bytes of a paragraph.
  package static let longestParagraph = 1 << 28

  private var segmenter: Segmenter
  private var lines = ByteBuffer()

  /// Opens ICU's iterators.
  ///
  /// - Parameter options: How to cut; the text is running text.
  /// - Throws: ``ICUError`` if ICU's data is missing.
  package init(_ options: SegmenterOptions = SegmenterOptions()) throws(ICUError) {
    precondition(options.layout == .runningText, "pairs are no paragraphs")
    segmenter = try Segmenter(options)
  }

  /// Cuts a paragraph into sentences and these into tokens.
  ///
  /// - Parameter paragraph: Its bytes, without a line feed.
  /// - Returns: The token lines of its sentences, without line feeds; none of an empty one.
  package func tokenLines(of paragraph: [UInt8]) -> [[UInt8]] {
    precondition(
      paragraph.count <= Self.longestParagraph, "a paragraph of \(paragraph.count) bytes")
    guard !paragraph.isEmpty else { return [] }
    lines.removeAll()
    paragraph.withUnsafeBytes { segmenter.segment($0, into: &lines) }
    var result: [[UInt8]] = []
    lines.withUnsafeBytes { bytes in
      result = bytes.split(separator: UInt8(ascii: "\n")).map { Array($0) }
    }
    return result
  }
}
