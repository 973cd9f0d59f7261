internal import FoundationEssentials

/// The header of a safetensors file: its metadata, and where each array lies.
///
/// A file is the header's length as a little-endian 64-bit number, the header as JSON, and the
/// data. See huaben-formats(5) and the safetensors specification.
struct SafetensorsHeader: Codable {
  /// One array; the offsets count from the start of the data.
  struct Tensor: Codable {
    var dtype: String
    var shape: [Int]
    var dataOffsets: [Int]

    enum CodingKeys: String, CodingKey {
      case dtype, shape
      case dataOffsets = "data_offsets"
    }
  }

  var metadata: [String: String] = [:]
  var tensors: [String: Tensor] = [:]

  private static let metadataName = "__metadata__"

  /// A key that is whatever name the file has.
  private struct Name: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    for name in container.allKeys {
      if name.stringValue == Self.metadataName {
        metadata = try container.decode([String: String].self, forKey: name)
      } else {
        tensors[name.stringValue] = try container.decode(Tensor.self, forKey: name)
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    try container.encode(metadata, forKey: Name(stringValue: Self.metadataName))
    for (name, tensor) in tensors {
      try container.encode(tensor, forKey: Name(stringValue: name))
    }
  }

  /// Reads a header's JSON; returns `nil` for anything else.
  init?(json: UnsafeRawBufferPointer) {
    guard let header = try? JSONDecoder().decode(Self.self, from: Data(json)) else { return nil }
    self = header
  }

  /// The length and the JSON, with blanks at its end that put the data on a multiple of 64 bytes.
  func serialized() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    var json = [UInt8](try encoder.encode(self))
    while (json.count + 8) % 64 != 0 { json.append(UInt8(ascii: " ")) }
    let length = UInt64(json.count)
    return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + json
  }
}
