internal import CICU

/// One of ICU's converters, on its way through a text.
final class Converter {
  /// Why a step ended.
  enum Outcome: Equatable {
    /// All of the input is consumed; a character that goes on behind it is remembered.
    case consumed
    /// There is no more room for output.
    case full
    /// ICU cannot convert the bytes that end `pending` bytes before the place where it stands.
    case invalid(bytes: [UInt8], pending: Int)
    /// ICU gives up, with this error.
    case failed(String)
  }

  /// How many units a step makes at most.
  static let capacity = 16_384

  /// What the last step made, UTF-16.
  var units: UnsafeBufferPointer<UInt16> {
    UnsafeBufferPointer(start: room, count: unitCount)
  }
  /// For each unit where in the step's input its character begins, if it does.
  let offsets: UnsafeMutablePointer<Int32>

  private let handle: OpaquePointer
  private let room: UnsafeMutablePointer<UInt16>
  private var unitCount = 0

  /// Opens a converter.
  ///
  /// - Parameter name: Any of its names; `nil` is returned where ICU has none of it.
  init?(_ name: String) {
    // To ICU no name at all is the platform's default.
    guard !name.isEmpty, !name.utf8.contains(0) else { return nil }
    var status = U_ZERO_ERROR
    guard let handle = cicu_converter_open(name, &status) else { return nil }
    self.handle = handle
    room = .allocate(capacity: Self.capacity)
    offsets = .allocate(capacity: Self.capacity)
  }

  deinit {
    cicu_converter_close(handle)
    room.deallocate()
    offsets.deallocate()
  }

  /// ICU's own name of the encoding.
  var name: String {
    var status = U_ZERO_ERROR
    return cicu_converter_name(handle, &status).map { String(cString: $0) } ?? ""
  }

  var isUTF8: Bool { cicu_converter_is_utf8(handle) }

  /// Whether the converter itself leaves out a byte order mark.
  var takesMark: Bool { cicu_converter_takes_mark(handle) }

  /// How many bytes the shortest character takes.
  var unitSize: Int { Int(cicu_converter_shortest(handle)) }

  /// Converts some bytes to ``units``.
  ///
  /// - Parameters:
  ///   - input: The bytes behind those consumed.
  ///   - isEnd: Whether no more follow; then the converter starts anew.
  /// - Returns: How many bytes were consumed, and why no more.
  func step(_ input: UnsafeRawBufferPointer, isEnd: Bool) -> (consumed: Int, outcome: Outcome) {
    var status = U_ZERO_ERROR
    var target: UnsafeMutablePointer<UInt16>? = room
    // ICU refuses a null pointer, which an empty buffer may be.
    let start =
      input.baseAddress?.assumingMemoryBound(to: CChar.self)
      ?? UnsafeRawPointer(room).assumingMemoryBound(to: CChar.self)
    var source: UnsafePointer<CChar>? = start
    cicu_converter_decode(
      handle, &target, room + Self.capacity, &source, start + input.count, offsets, isEnd,
      &status)
    unitCount = target.map { $0 - room } ?? 0
    let consumed = source.map { $0 - start } ?? 0
    return (consumed, outcome(status))
  }

  private func outcome(_ status: UErrorCode) -> Outcome {
    switch status {
    case U_BUFFER_OVERFLOW_ERROR: return .full
    case U_INVALID_CHAR_FOUND, U_ILLEGAL_CHAR_FOUND, U_TRUNCATED_CHAR_FOUND,
      U_ILLEGAL_ESCAPE_SEQUENCE, U_UNSUPPORTED_ESCAPE_SEQUENCE:
      var ignored = U_ZERO_ERROR
      var count: Int8 = 32
      let bytes = [UInt8](unsafeUninitializedCapacity: 32) { buffer, used in
        buffer.withMemoryRebound(to: CChar.self) {
          cicu_converter_invalid(handle, $0.baseAddress, &count, &ignored)
        }
        used = ignored.rawValue > U_ZERO_ERROR.rawValue ? 0 : max(Int(count), 0)
      }
      let pending = Int(cicu_converter_pending(handle, &ignored))
      return .invalid(bytes: bytes, pending: max(pending, 0))
    case _ where status.rawValue > U_ZERO_ERROR.rawValue:
      return .failed(String(cString: cicu_error_name(status)))
    default: return .consumed
    }
  }
}
