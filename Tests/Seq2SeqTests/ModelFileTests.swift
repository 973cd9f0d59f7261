import Glibc
import Kernels
import Seq2Seq
import Testing

@Suite("The model file")
struct ModelFileTests {
  static let vocabulary = "<pad>\t0\n\"\\ \u{1F600}\u{F9DC}隆\u{2581}\t7\n"

  static func serialized(_ model: Seq2Seq<Float>) throws -> [UInt8] {
    var configuration = model.configuration
    configuration.maximumSourceLength = 77
    let metadata = ModelMetadata(
      configuration: configuration, vocabulary: vocabulary, maximumLength: 77,
      trainingRecord: ["seed": "5"])
    var bytes: [UInt8] = []
    try ModelFile(metadata: metadata, parameters: model.parameters)
      .serialize { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Loads bytes as a file.
  static func load(_ bytes: [UInt8]) throws(ModelFileError) -> ModelFile {
    var name = Array("/tmp/huaben-test-XXXXXX".utf8CString)
    let descriptor = mkstemp(&name)
    defer { close(descriptor) }
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    let path = name.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
    defer { unlink(path) }
    return try ModelFile(contentsOf: path)
  }

  @Test("Reading gives back what was written")
  func roundTrip() throws {
    let model = GradientTests.trainable(seed: 7)
    let file = try Self.load(try Self.serialized(model))
    #expect(Array(file.parameters.elements) == Array(model.parameters.elements))
    var configuration = model.configuration
    configuration.maximumSourceLength = 77
    #expect(file.metadata.configuration == configuration)
    #expect(Array(file.metadata.vocabulary.utf8) == Array(Self.vocabulary.utf8))
    #expect(file.metadata.maximumLength == 77)
    #expect(file.metadata.trainingRecord == ["seed": "5"])
  }

  @Test("The data begin on a multiple of 64 bytes, the arrays follow without gaps")
  func layout() throws {
    let model = GradientTests.trainable(seed: 7)
    let bytes = try Self.serialized(model)
    let length = bytes.withUnsafeBytes { Int($0.loadUnaligned(as: UInt64.self)) }
    #expect((8 + length) % 64 == 0)
    #expect(bytes.count == 8 + length + 4 * model.parameters.list.count)
  }

  @Test("A file cut anywhere is refused")
  func truncation() throws {
    let bytes = try Self.serialized(GradientTests.trainable(seed: 7))
    for length in Array(Swift.stride(from: 0, to: bytes.count, by: 331)) + [bytes.count - 1] {
      #expect(throws: ModelFileError.self) { try Self.load(Array(bytes[..<length])) }
    }
  }

  @Test("A flipped bit is refused, in the data and in the header")
  func flippedBits() throws {
    let bytes = try Self.serialized(GradientTests.trainable(seed: 7))
    let dataStart = 8 + bytes.withUnsafeBytes { Int($0.loadUnaligned(as: UInt64.self)) }
    for place in Swift.stride(from: dataStart, to: bytes.count, by: 997) {
      var damaged = bytes
      damaged[place] ^= 0x10
      #expect(throws: ModelFileError.self) { try Self.load(damaged) }
    }
    for place in 0..<dataStart {
      var damaged = bytes
      damaged[place] ^= 1 << UInt8(place % 8)
      #expect(throws: ModelFileError.self, "byte \(place)") { try Self.load(damaged) }
    }
  }

  @Test(
    "Foreign files are named",
    arguments: [
      ("\u{89}HBI\r\n\u{1A}\n and more of it", "id stream"), ("<pad>\t0\n<unk>\t0\n", "vocabulary"),
      ("PK\u{3}\u{4} and so on, an archive", "PyTorch"), ("", "empty"), ("short", "too short"),
      ("却说宝玉听了，心中不自在。", "this is text"),
    ])
  func foreign(start: String, guess: String) {
    let bytes =
      start.first == "\u{89}" ? start.unicodeScalars.map { UInt8($0.value) } : Array(start.utf8)
    do {
      _ = try Self.load(bytes)
      Issue.record("the file was taken for a model")
    } catch {
      #expect(error.description.contains(guess), "\(error)")
    }
  }

  @Test("The safetensors file of another program is refused by name")
  func otherSafetensors() {
    let header = #"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
    let bytes =
      [UInt8(header.utf8.count), 0, 0, 0, 0, 0, 0, 0] + Array(header.utf8) + [0, 0, 0, 0]
    do {
      _ = try Self.load(bytes)
      Issue.record("the file was taken for a model")
    } catch {
      #expect(error.description.contains("another program"), "\(error)")
    }
  }
}
