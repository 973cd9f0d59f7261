internal import CICU

/// An encoding that ICU has a converter for.
package struct TextEncoding: Equatable, Sendable {
  /// ICU's own name, which opens the converter.
  let converter: String
  /// The name that people use, most often MIME's.
  package let name: String
  /// Whether it is UTF-8 itself.
  let isUTF8: Bool

  /// Finds an encoding.
  ///
  /// - Parameter name: Any of its names, in upper or lower case, with hyphens or without.
  package init?(_ name: String) {
    guard let converter = Converter(name) else { return nil }
    self.init(converter)
  }

  private init(_ converter: Converter) {
    self.converter = converter.name
    isUTF8 = converter.isUTF8
    name = Self.standardName(of: converter.name)
  }

  /// Every encoding with all of its names, the one that people use first.
  package static var all: [[String]] {
    (0..<cicu_encoding_count()).compactMap { index -> [String]? in
      guard let converter = cicu_encoding_name(index) else { return nil }
      var status = U_ZERO_ERROR
      let name = standardName(of: String(cString: converter))
      let aliases = (0..<cicu_alias_count(converter, &status)).compactMap { index in
        cicu_alias(converter, index, &status).map { String(cString: $0) }
      }
      return [name] + aliases.filter { $0 != name }
    }.sorted { $0[0].utf8.lexicographicallyPrecedes($1[0].utf8) }
  }

  /// Names like one that no encoding has.
  package static func namesLike(_ name: String) -> [String] {
    // Of names that differ in their case alone the first is enough.
    var seen: Set<String> = []
    return nearNames(to: name, among: all.joined().filter { seen.insert($0.lowercased()).inserted })
  }

  private static func standardName(of converter: String) -> String {
    for standard in ["MIME", "IANA"] {
      var status = U_ZERO_ERROR
      if let name = cicu_standard_name(converter, standard, &status) {
        return String(cString: name)
      }
    }
    return converter
  }
}
