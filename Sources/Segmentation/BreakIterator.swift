internal import CICU

/// Finds the boundaries of words, sentences or clusters with ICU's rules and dictionaries.
///
/// An ICU break iterator is not thread-safe, so this one cannot be copied: each worker has its own.
struct BreakIterator: ~Copyable {
  enum Kind {
    case word
    case sentence
    /// An extended grapheme cluster.
    case cluster
  }

  private let iterator: OpaquePointer

  /// Opens an iterator of ICU.
  ///
  /// - Parameters:
  ///   - kind: What to find.
  ///   - locale: By whose rules.
  /// - Throws: ``ICUError`` if ICU's data is missing.
  init(_ kind: Kind, locale: TextLocale) throws(ICUError) {
    let type =
      switch kind {
      case .word: UBRK_WORD
      case .sentence: UBRK_SENTENCE
      case .cluster: UBRK_CHARACTER
      }
    var status = U_ZERO_ERROR
    let iterator = cicu_break_open(type, locale.name, &status)
    try ICUError.check(status)
    guard let iterator else { throw ICUError(name: "no iterator") }
    self.iterator = iterator
    if kind == .word { loadDictionaries() }
  }

  deinit { cicu_break_close(iterator) }

  /// Starts anew with a text.
  ///
  /// - Parameter text: UTF-16 that stays where it is until the last ``next()``.
  func setText(_ text: UnsafeBufferPointer<UInt16>) {
    var status = U_ZERO_ERROR
    cicu_break_set_text(iterator, text.baseAddress, Int32(text.count), &status)
    // A text in memory is refused for lack of memory alone.
    precondition(
      status.rawValue <= U_ZERO_ERROR.rawValue,
      "ICU: \(String(cString: cicu_error_name(status))) at a text of \(text.count) units")
  }

  /// Returns the boundary after the last one, or `nil` past the end; that at 0 is not reported.
  @inline(__always)
  func next() -> Int? {
    let boundary = cicu_break_next(iterator)
    return boundary >= 0 ? Int(boundary) : nil
  }

  /// The compiled rules; `nil` if there is more to the iterator than rules.
  var rules: [UInt8]? {
    var status = U_ZERO_ERROR
    let length = cicu_break_rules(iterator, nil, 0, &status)
    guard status == U_ZERO_ERROR, length > 0 else { return nil }
    var rules = [UInt8](repeating: 0, count: Int(length))
    _ = cicu_break_rules(iterator, &rules, length, &status)
    return status == U_ZERO_ERROR ? rules : nil
  }

  /// Makes ICU load every dictionary it has.
  ///
  /// It loads one at the first character known to need it, and from then on uses it for others too,
  /// such as U+30FC ー. Where the words of a paragraph end would then depend on earlier paragraphs.
  /// It asks the dictionary that it loaded last first, so that is the one for Chinese.
  private func loadDictionaries() {
    let text = Array("မြန်မာខ្មែរລາວไทย가アー中".utf16)
    text.withUnsafeBufferPointer { text in
      setText(text)
      while next() != nil {}
    }
  }
}

/// The version of the ICU that runs, as `72.1`.
package func icuVersion() -> String {
  var text = [CChar](repeating: 0, count: Int(U_MAX_VERSION_STRING_LENGTH))
  cicu_version(&text)
  return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
