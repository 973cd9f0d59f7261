@testable import Encodings
@testable import TextStreams

/// What came of passing bytes through stages.
struct StageRun: Equatable {
  var output: [UInt8] = []
  var fault: String?
  /// What was told on the way.
  var told: [String] = []
  var summary: String?

  var text: String { String(decoding: output, as: UTF8.self) }
}

/// Passes bytes through stages.
///
/// - Parameters:
///   - bytes: The document, named `input`.
///   - invalid: What is done with invalid bytes.
///   - pieces: How many bytes arrive at once, over and over.
///   - stages: Makes the stages.
/// - Returns: What came of it.
func run(
  _ bytes: [UInt8], _ invalid: InvalidBytes = .stop, pieces: [Int] = [1 << 20],
  _ stages: (InvalidSequences, @escaping (String) -> Void) -> [any ByteStage]
) -> StageRun {
  final class Told { var lines: [String] = [] }
  let told = Told()
  let sequences = InvalidSequences(invalid) { told.lines.append($0) }
  let chain = StageChain(stages(sequences) { told.lines.append($0) })
  var result = StageRun()
  var (start, index) = (0, 0)
  do throws(StreamError) {
    loop: while true {
      switch try chain.advance() {
      case .output:
        result.output += chain.output
        chain.output.removeAll()
      case .finished: break loop
      case .wantsInput where start == bytes.count: chain.endInput()
      case .wantsInput:
        let end = min(start + pieces[index % pieces.count], bytes.count)
        bytes[start..<end].withUnsafeBytes { chain.receive($0) }
        start = end
        index += 1
      }
    }
  } catch {
    result.fault = error.description
  }
  result.told = told.lines
  result.summary = sequences.summary
  return result
}

/// Decodes bytes, see ``run(_:_:pieces:_:)``.
func decode(
  _ bytes: [UInt8], _ encoding: String, _ invalid: InvalidBytes = .stop, pieces: [Int] = [1 << 20]
) -> StageRun {
  guard let encoding = TextEncoding(encoding) else { return StageRun(fault: "no \(encoding)") }
  return run(bytes, invalid, pieces: pieces) { sequences, _ in
    [decodingStage(encoding, name: "input", invalid: sequences)]
  }
}
