import Kernels
import Seq2Seq
import Testing

/// The losses of a trained model against those that PyTorch computes from the same file.
///
/// The fixtures come from Tests/Reference/losses.py, which was written from huaben-formats(5).
@Suite("A second opinion, by PyTorch")
struct SecondOpinionTests {
  static func fixture(_ name: String) -> String {
    let folder = #filePath.split(separator: "/").dropLast()
    return "/" + (folder + ["Fixtures", Substring(name)]).joined(separator: "/")
  }

  /// The rows of a fixture, their fields by tabs.
  static func rows(_ name: String) throws -> [[Substring]] {
    try contentsOfFile(fixture(name)).split(separator: "\n").map { $0.split(separator: "\t") }
  }

  @Test("Every target token has the same log-probability", arguments: [false, true])
  func losses(isPacked: Bool) throws {
    let file = try ModelFile(contentsOf: Self.fixture("tiny.safetensors"))
    let model = Seq2Seq(file.metadata.configuration, parameters: file.parameters)
    if isPacked { model.packings.forEach { $0.repack() } }
    var batch = Batch()
    for row in try Self.rows("tiny.pairs.tsv") {
      let sides = row.map { side in side.split(separator: " ").compactMap { UInt32($0) } }
      batch.append(source: sides[0], target: sides[1])
    }
    let expected = try Self.rows("tiny.losses.tsv").map { row in row.compactMap { Double($0) } }
    let actual = model.losses(of: batch, arena: Arena())
    #expect(actual.map(\.count) == expected.map(\.count))
    for (a, b) in zip(actual.joined(), expected.joined()) { #expect(abs(a - b) < 1e-5 * max(1, b)) }
  }
}
