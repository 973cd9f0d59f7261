internal import CICU
internal import CICUI18n

/// One of ICU's transforms of text, or a chain of them.
package final class Transliterator {
  private let handle: UnsafeMutableRawPointer

  /// Opens a transform.
  ///
  /// - Parameter id: An ID of ICU's, or several with semicolons between, each perhaps with a filter;
  ///   `nil` is returned where ICU has none of it.
  package init?(_ id: String) {
    let units = Array(id.utf16)
    var status = U_ZERO_ERROR
    let handle = units.withUnsafeBufferPointer {
      cicu_transliterator_open($0.baseAddress, Int32($0.count), &status)
    }
    guard !units.isEmpty, let handle else { return nil }
    self.handle = handle
  }

  deinit { cicu_transliterator_close(handle) }

  /// The transforms that ICU has by a name of their own.
  package static var all: [String] {
    var status = U_ZERO_ERROR
    guard let enumeration = cicu_transliterator_ids(&status) else { return [] }
    defer { cicu_enumeration_close(enumeration) }
    var names: [String] = []
    var length: Int32 = 0
    while let name = cicu_enumeration_next(enumeration, &length, &status) {
      names.append(
        String(decoding: UnsafeBufferPointer(start: name, count: Int(length)), as: UTF16.self))
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Names like the parts of an ID that are no transforms by themselves.
  ///
  /// - Parameter id: What ICU has none of.
  /// - Returns: The first part that is to blame, if one is, and the names like it.
  package static func blame(in id: String) -> (part: String, names: [String]) {
    let parts = id.utf8.split(separator: UInt8(ascii: ";")).map {
      String(Substring($0).drop { $0 == " " })
    }
    let part = parts.first { !$0.isEmpty && Transliterator($0) == nil } ?? id
    // `NFKC` is `Any-NFKC`, and most often asked for by the short name.
    let short = all.filter { $0.hasPrefix("Any-") }.map { String($0.dropFirst(4)) }
    return (part, nearNames(to: part, among: short + all))
  }

  /// Changes a text.
  ///
  /// - Parameter text: UTF-16; surrogates without their other half stay as they are, as a rule.
  func transform(_ text: inout [UInt16]) {
    guard !text.isEmpty else { return }
    var capacity = 2 * text.count + 64
    while true {
      var length = Int32(text.count)
      var status = U_ZERO_ERROR
      let result = [UInt16](unsafeUninitializedCapacity: capacity) { buffer, count in
        _ = buffer.initialize(from: text)
        cicu_transliterate(handle, buffer.baseAddress, &length, Int32(buffer.count), &status)
        count = min(max(Int(length), 0), buffer.count)
      }
      guard status == U_BUFFER_OVERFLOW_ERROR else {
        // A transform that was opened fails for lack of memory alone.
        precondition(
          status.rawValue <= U_ZERO_ERROR.rawValue,
          "ICU's error \(status.rawValue) at \(text.count) units")
        text = result
        return
      }
      capacity = max(2 * capacity, Int(length) + 1)
    }
  }
}
