internal import CZlib
internal import Kernels
import Glibc

/// A model on disk: one safetensors file that holds all that `generate` and `score` need.
///
/// `@unchecked Sendable`: the data are only read; the parameters keep the file that has them.
package struct ModelFile: @unchecked Sendable {
  package let metadata: ModelMetadata
  package let parameters: ParameterBuffer<Float>
  /// The data of the file that was read, and the checksum that its header gives them.
  private var stored: (data: UnsafeRawBufferPointer, checksum: String?, path: String)?

  /// The longest header that readers of safetensors take, in bytes.
  package static let maximumHeaderLength = 100_000_000

  /// Puts a model together for writing.
  package init(metadata: ModelMetadata, parameters: ParameterBuffer<Float>) {
    self.metadata = metadata
    self.parameters = parameters
    stored = nil
  }

  /// Hands the file's bytes to `write`, piece by piece.
  package func serialize(
    to write: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let data = UnsafeRawBufferPointer(parameters.elements)
    var header = SafetensorsHeader()
    header.metadata = metadata.strings
    header.metadata["data_crc32"] = hexadecimal(crc32(of: data))
    header.metadata[metadataChecksumName] = metadataChecksum(header.metadata)
    let size = MemoryLayout<Float>.size
    for entry in parameters.list.entries {
      header.tensors[entry.name] = SafetensorsHeader.Tensor(
        dtype: "F32", shape: entry.shape,
        dataOffsets: [entry.offset * size, (entry.offset + entry.count) * size])
    }
    try header.serialized().withUnsafeBytes(write)
    try write(data)
  }

  /// Reads a model that `train` wrote; the arrays stay in the file where they lie in order.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``ModelFileError``, which says what is wrong and what the file may be instead.
  package init(contentsOf path: String) throws(ModelFileError) {
    try self.init(opening: path)
    let checksums = checksumPieces.map(checksum)
    try check(checksums)
  }

  /// Reads a model whose data are yet to be checked, piece by piece and perhaps on several threads.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``ModelFileError``, as `init(contentsOf:)` does, but for damage to the data.
  package init(opening path: String) throws(ModelFileError) {
    let file = try MappedFile(path: path)
    let (header, data) = try Self.split(file.bytes, path: path)
    metadata = try ModelMetadata(strings: header.metadata, path: path)
    let list = ParameterList(metadata.configuration)
    guard header.metadata[metadataChecksumName] == metadataChecksum(header.metadata) else {
      throw .damaged(path: path, what: "its metadata do not give the checksum in its header")
    }
    stored = (data, header.metadata["data_crc32"], path)
    var isInOrder = Int(bitPattern: data.baseAddress) % MemoryLayout<Float>.alignment == 0
    var ranges: [(offset: Int, range: Range<Int>)] = []
    for entry in list.entries {
      let range = try Self.range(of: entry, in: header, dataCount: data.count, path: path)
      isInOrder = isInOrder && range.lowerBound == entry.offset * MemoryLayout<Float>.size
      ranges.append((entry.offset, range))
    }
    if isInOrder, let base = data.baseAddress {
      parameters = ParameterBuffer(
        list, borrowing: UnsafeMutableRawPointer(mutating: base), from: file)
    } else {
      parameters = ParameterBuffer(list)
      for (offset, range) in ranges {
        let array = UnsafeMutableRawBufferPointer(
          start: parameters.base + offset, count: range.count)
        array.copyMemory(from: UnsafeRawBufferPointer(rebasing: data[range]))
      }
    }
  }

  /// Pieces of the data, in their order.
  package var checksumPieces: [Range<Int>] {
    let (size, count) = (4 << 20, stored?.data.count ?? 0)
    return stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
  }

  /// The CRC-32 of a piece of the data.
  package func checksum(_ piece: Range<Int>) -> UInt {
    guard let data = stored?.data else { return 0 }
    return crc32(of: UnsafeRawBufferPointer(rebasing: data[piece]))
  }

  /// Throws if the data are not what was written.
  ///
  /// - Parameter checksums: Those of all pieces.
  /// - Throws: ``ModelFileError`` that says so.
  package func check(_ checksums: [UInt]) throws(ModelFileError) {
    guard let stored else { return }
    let whole = zip(checksums, checksumPieces).reduce(UInt(0)) {
      crc32_combine($0, $1.0, $1.1.count)
    }
    guard stored.checksum == hexadecimal(whole) else {
      throw .damaged(path: stored.path, what: "its data do not give the checksum in its header")
    }
  }

  /// Divides a file into its header and its data.
  private static func split(
    _ bytes: UnsafeRawBufferPointer, path: String
  ) throws(ModelFileError) -> (SafetensorsHeader, UnsafeRawBufferPointer) {
    if let what = guess(at: bytes) { throw .foreign(path: path, what: what) }
    let length = bytes.loadUnaligned(as: UInt64.self).littleEndian
    guard length <= maximumHeaderLength, bytes[8] == UInt8(ascii: "{") else {
      throw .foreign(path: path, what: "a file of an unknown kind")
    }
    guard length <= UInt64(bytes.count - 8) else {
      throw .damaged(path: path, what: "it ends within its header")
    }
    let end = 8 + Int(length)
    guard let header = SafetensorsHeader(json: UnsafeRawBufferPointer(rebasing: bytes[8..<end]))
    else { throw .damaged(path: path, what: "its header is not the JSON of a safetensors file") }
    return (header, UnsafeRawBufferPointer(rebasing: bytes[end...]))
  }

  /// Where an array lies in the data, after checking that it is the one the model needs.
  private static func range(
    of entry: ParameterDescription, in header: SafetensorsHeader, dataCount: Int, path: String
  ) throws(ModelFileError) -> Range<Int> {
    guard let tensor = header.tensors[entry.name] else {
      throw .damaged(path: path, what: "it has no array '\(entry.name)'")
    }
    guard tensor.dtype == "F32", tensor.shape == entry.shape, tensor.dataOffsets.count == 2 else {
      throw .damaged(
        path: path, what: "its array '\(entry.name)' is not F32 of shape \(entry.shape)")
    }
    let (start, end) = (tensor.dataOffsets[0], tensor.dataOffsets[1])
    guard start >= 0, start <= end, end <= dataCount,
      end - start == entry.count * MemoryLayout<Float>.size
    else { throw .damaged(path: path, what: "its array '\(entry.name)' is cut off") }
    return start..<end
  }

  /// Says what a file is that is not safetensors, where its first bytes tell.
  private static func guess(at bytes: UnsafeRawBufferPointer) -> String? {
    let kinds: [(start: String, what: String)] = [
      ("\u{89}HBI", "an id stream that vocab encode wrote"), ("<pad>\t", "a vocabulary"),
      ("PK\u{3}\u{4}", "a zip archive, perhaps of PyTorch"), ("\u{1F}\u{8B}", "compressed by gzip"),
    ]
    if bytes.isEmpty { return "an empty file" }
    for kind in kinds {
      let start = kind.start.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
      if bytes.starts(with: start) { return kind.what }
    }
    if bytes.count < 16 { return "too short a file" }
    return bytes.prefix(4096).contains(0) ? nil : "text"
  }
}

private let metadataChecksumName = "metadata_crc32"

/// The checksum of all metadata but the checksum itself: name, NUL, value, NUL, in order of the
/// names' bytes.
private func metadataChecksum(_ metadata: [String: String]) -> String {
  var bytes: [UInt8] = []
  let names = metadata.keys.filter { $0 != metadataChecksumName }
  for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
    bytes += Array(name.utf8) + [0] + Array((metadata[name] ?? "").utf8) + [0]
  }
  return hexadecimal(bytes.withUnsafeBytes(crc32))
}

/// The CRC-32 of zlib.
private func crc32(of data: UnsafeRawBufferPointer) -> UInt {
  crc32_z(0, data.bindMemory(to: UInt8.self).baseAddress, data.count)
}

/// A checksum as eight hexadecimal digits.
private func hexadecimal(_ value: UInt) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 8 - digits.count) + digits
}
