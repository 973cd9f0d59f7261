/// How much memory counting may take, and where what is more than that goes.
package struct CountingMemory: Equatable, Sendable {
  /// Bytes for the tables of tokens and for what is sorted, but for the characters and for buffers.
  package var byteCount: Int
  /// The directory for temporary files.
  package var directory: String
  /// How many sorted runs are merged at once, at least 2.
  package var fanIn: Int

  /// Creates a limit.
  ///
  /// - Parameters:
  ///   - byteCount: Bytes.
  ///   - directory: For temporary files, which have no names.
  ///   - fanIn: How many runs are merged at once; `nil` for what the memory allows.
  package init(byteCount: Int, directory: String, fanIn: Int? = nil) {
    self.byteCount = byteCount
    self.directory = directory
    self.fanIn = fanIn ?? min(max(byteCount / 2 / RunReader.bufferSize, 8), 256)
  }

  /// One of two parts that are in use at the same time.
  var half: Int { byteCount / 2 }

  /// The same with half as many bytes.
  var halved: CountingMemory {
    CountingMemory(byteCount: half, directory: directory, fanIn: fanIn)
  }
}
