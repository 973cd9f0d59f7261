/// A step that bytes pass between a file and its reader: they are expanded, decoded, cleaned.
///
/// A stage is for one stream, which it may remember as it likes: it must make the same of the bytes
/// however they are cut into calls. What it remembers decides how much memory a reader takes.
package protocol ByteStage: AnyObject {
  /// Takes the next bytes and appends what becomes of them.
  ///
  /// What is not consumed comes again, with more behind it once the stage has neither consumed nor
  /// appended anything; there may be nothing to consume and yet something to append. A stage that
  /// can make much of little stops after some and is called again. At the end of the stream it is
  /// called with `isEnd` exactly once, and then everything must be consumed.
  ///
  /// What a call appends before it throws goes on to the reader, before the error does.
  ///
  /// - Parameters:
  ///   - input: The bytes from the first that is not consumed on; none, it may be.
  ///   - isEnd: Whether no more bytes follow these.
  ///   - output: Where to append.
  /// - Returns: How many bytes were consumed.
  /// - Throws: ``StreamError`` where the bytes are not what the stage is for.
  func process(
    _ input: UnsafeRawBufferPointer, isEnd: Bool, into output: inout [UInt8]
  ) throws(StreamError) -> Int

  /// Consumes the first bytes that would be appended as they are, so that nobody copies them.
  ///
  /// A stage that changes most bytes need not have this. It is asked only when everything before
  /// these bytes is consumed, and may leave all of them to ``process(_:isEnd:into:)``.
  ///
  /// - Parameter input: The bytes from the first that is not consumed on.
  /// - Returns: How many bytes were consumed, and whether the others should come again with more
  ///   behind them; if not, they are processed.
  func pass(_ input: UnsafeRawBufferPointer) -> (count: Int, wantsMore: Bool)
}

extension ByteStage {
  package func pass(_ input: UnsafeRawBufferPointer) -> (count: Int, wantsMore: Bool) { (0, false) }
}
