internal import CICU

/// A locale, by whose rules text is cut.
package struct TextLocale: Equatable, Sendable {
  /// The name that ICU has for it, such as `en_GB` or `en@ss=standard`.
  package let name: String

  /// Takes a name as it is; ICU cuts by its root rules where it does not know it.
  init(unchecked name: String) { self.name = name }

  package static let chinese = TextLocale(unchecked: "zh")
  /// Unicode's own rules.
  static let root = TextLocale(unchecked: "root")

  /// Looks a locale up.
  ///
  /// - Parameter name: A BCP 47 tag such as `en-GB` or `en-u-ss-standard`, or a name in ICU's manner
  ///   such as `en_GB@ss=standard`.
  /// - Throws: ``LocaleError`` if ICU does not know the language, the script or the country, or if
  ///   a keyword is there that says nothing about words and sentences.
  package init(_ name: String) throws(LocaleError) {
    guard let canonical = Self.canonicalName(of: name) else { throw .unknown(name) }
    guard !canonical.isEmpty, canonical != "root" else {
      self = .root
      return
    }
    let language = icuText { cicu_locale_language(canonical, $0, $1, &$2) } ?? ""
    let script = icuText { cicu_locale_script(canonical, $0, $1, &$2) } ?? ""
    let country = icuText { cicu_locale_country(canonical, $0, $1, &$2) } ?? ""
    // A region of three digits, such as 001 for the world, is no country.
    let isKnownRegion =
      country.isEmpty || country.utf8.allSatisfy { (0x30...0x39).contains($0) }
      || cicu_locale_iso3_country(canonical).pointee != 0
    guard isKnownRegion, script.isEmpty || cicu_is_script(script),
      language.isEmpty || cicu_locale_iso3_language(canonical).pointee != 0
    else { throw .unknown(name) }
    try Self.checkKeywords(of: canonical)
    self.name = canonical
  }

  private static func canonicalName(of name: String) -> String? {
    guard !name.contains("@") else {
      return icuText { cicu_locale_canonicalize(name, $0, $1, &$2) }
    }
    let tag = String(name.map { $0 == "_" ? "-" : $0 })
    var understood: Int32 = 0
    let canonical = icuText { cicu_locale_for_tag(tag, $0, $1, &understood, &$2) }
    return understood == Int32(tag.utf8.count) ? canonical : nil
  }

  /// Refuses what ICU's iterators for words and sentences would not look at.
  private static func checkKeywords(of locale: String) throws(LocaleError) {
    var status = U_ZERO_ERROR
    guard let keywords = cicu_locale_keywords(locale, &status) else { return }
    defer { cicu_enumeration_close(keywords) }
    while let next = cicu_enumeration_next(keywords, &status) {
      let keyword = String(cString: next)
      let value = icuText { cicu_locale_keyword_value(locale, keyword, $0, $1, &$2) } ?? ""
      guard keyword == "ss", value == "standard" || value == "none" else {
        throw .useless(keyword: keyword, value: value)
      }
    }
  }
}

/// Why a locale is of no use.
package enum LocaleError: Error, Equatable, CustomStringConvertible {
  case unknown(String)
  case useless(keyword: String, value: String)

  package var description: String {
    switch self {
    case .unknown(let name):
      "ICU \(icuVersion()) knows no locale '\(name)'; give a language, and a country where that "
        + "matters, such as zh, ja or en-GB"
    case .useless(let keyword, let value):
      "'\(keyword)=\(value)' of the locale says nothing about words and sentences; "
        + "ss=standard and ss=none do"
    }
  }
}

/// Returns what a function of ICU writes, or `nil` where it fails.
///
/// - Parameter body: Is given memory, its size and a status.
/// - Returns: The text.
private func icuText(
  _ body: (UnsafeMutablePointer<CChar>?, Int32, inout UErrorCode) -> Int32
) -> String? {
  var status = U_ZERO_ERROR
  var text = [CChar](repeating: 0, count: 256)
  let length = text.withUnsafeMutableBufferPointer {
    body($0.baseAddress, Int32($0.count), &status)
  }
  guard status.rawValue <= U_ZERO_ERROR.rawValue, length >= 0, length < text.count else {
    return nil
  }
  return String(decoding: text[..<Int(length)].map(UInt8.init(bitPattern:)), as: UTF8.self)
}
