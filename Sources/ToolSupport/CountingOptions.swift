package import ArgumentParser
internal import Glibc
package import TextStreams

/// The options `-S SIZE` and `-T DIR`: how much memory counting takes, and where the rest goes.
package struct CountingOptions: ParsableArguments {
  /// Below this, runs would be so short that counting took forever.
  private static let leastByteCount = 2 << 20

  @Option(
    name: [.customShort("S", allowingJoined: true), .customLong("buffer-size")],
    help: ArgumentHelp(
      "Count in this much memory, as 800M, 2G or 25%; what is more goes to temporary files.",
      valueName: "size"))
  package var bufferSize = SizeArgument(byteCount: 512 << 20)

  @Option(
    name: [.customShort("T", allowingJoined: true), .customLong("temporary-directory")],
    help: ArgumentHelp(
      "Make temporary files here (default: $TMPDIR, or /tmp).", valueName: "directory"),
    completion: .directory)
  package var temporaryDirectory: String?

  package init() {}

  /// The memory to count in.
  ///
  /// - Throws: ``StreamError`` if the directory was named and no file can be made there.
  package func memory() throws(StreamError) -> CountingMemory {
    let inherited = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    let memory = CountingMemory(
      byteCount: max(bufferSize.byteCount, Self.leastByteCount),
      directory: temporaryDirectory ?? (inherited.isEmpty ? "/tmp" : inherited))
    if temporaryDirectory != nil { try memory.checkDirectory() }
    return memory
  }
}
