import Glibc
import Kernels
import Seq2Seq
import Testing

/// The losses of models against those that PyTorch computes from the same files.
///
/// The fixtures come from Tests/Reference/losses.py, which was written from huaben-formats(5);
/// Tests/Reference/make-fixtures makes them again.
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

  /// The losses of every member, a row for each pair.
  static let expected = Result {
    var losses: [String: [[Double]]] = [:]
    for row in try rows("losses.tsv") {
      let name = String(row[0])
      try #require(Int(row[1]) == (losses[name]?.count ?? 0) + 1, "\(name) lacks a pair")
      losses[name, default: []].append(row.dropFirst(2).compactMap { Double($0) })
    }
    return losses
  }

  /// The losses of a member, by PyTorch.
  static func losses(of member: SecondOpinion.Member) throws -> [[Double]] {
    try #require(try expected.get()[member.name], "run Tests/Reference/make-fixtures")
  }

  /// Expects losses that differ by less than `tolerance`, in shares of a loss where that is above
  /// 1 nat.
  static func expect(_ actual: [[Double]], near expected: [[Double]], within tolerance: Double) {
    #expect(actual.map(\.count) == expected.map(\.count))
    let differences = zip(actual.joined(), expected.joined()).map { abs($0 - $1) / max(1, $1) }
    #expect(differences.allSatisfy { $0 < tolerance }, "\(differences.max() ?? 0)")
  }

  @Test(
    "Every kind of model gives every target token the same log-probability",
    arguments: SecondOpinion.members, [false, true])
  func everyKind(member: SecondOpinion.Member, isPacked: Bool) throws {
    let model = member.model()
    if isPacked { model.packings.forEach { $0.repack() } }
    let losses = model.losses(of: SecondOpinion.batch(), arena: Arena())
    Self.expect(losses, near: try Self.losses(of: member), within: 1e-5)
  }

  @Test("In double precision all its digits are the same", arguments: SecondOpinion.members)
  func allDigits(member: SecondOpinion.Member) throws {
    let losses = member.doubleModel().losses(of: SecondOpinion.batch(), arena: Arena())
    Self.expect(losses, near: try Self.losses(of: member), within: 1e-9)
  }

  @Test("So does a trained model, read from its file", arguments: [false, true])
  func trained(isPacked: Bool) throws {
    let file = try ModelFile(contentsOf: Self.fixture("tiny.safetensors"))
    let model = Seq2Seq(file.metadata.configuration, parameters: file.parameters)
    if isPacked { model.packings.forEach { $0.repack() } }
    var batch = Batch()
    for row in try Self.rows("tiny.pairs.tsv") {
      let sides = row.map { side in side.split(separator: " ").compactMap { UInt32($0) } }
      batch.append(source: sides[0], target: sides[1])
    }
    let expected = try Self.rows("tiny.losses.tsv").map { row in row.compactMap { Double($0) } }
    Self.expect(model.losses(of: batch, arena: Arena()), near: expected, within: 1e-5)
  }

  @Test("The fixture has the members' losses and no others")
  func completeness() throws {
    let names = SecondOpinion.members.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(try Set(Self.expected.get().keys) == Set(names))
  }

  /// The folder that make-fixtures wants the members' files in.
  static let folder = getenv("HUABEN_WRITE_MODELS").map { String(cString: $0) }

  @Test("The files for PyTorch are written", .enabled(if: folder != nil))
  func write() throws {
    let folder = try #require(Self.folder)
    for member in SecondOpinion.members {
      try member.write(to: "\(folder)/\(member.name).safetensors")
    }
    let lines = SecondOpinion.pairs.map { pair in
      [pair.source, pair.target].map { $0.map(String.init).joined(separator: " ") }
        .joined(separator: "\t") + "\n"
    }
    try writeFile(Array(lines.joined().utf8), to: "\(folder)/pairs.tsv")
  }
}
