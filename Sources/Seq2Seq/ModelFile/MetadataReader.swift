/// Reads the strings of a model file's header and says what is wrong with them.
struct MetadataReader {
  let strings: [String: String]
  /// The file's name, for the errors.
  let path: String

  func text(_ key: String) throws(ModelFileError) -> String {
    guard let value = strings[key] else { throw .damaged(path: path, what: "no '\(key)'") }
    return value
  }

  func text(_ key: String, oneOf values: [String]) throws(ModelFileError) -> String {
    let value = try text(key)
    guard values.contains(value) else { throw .unknownKind(path: path, key: key, value: value) }
    return value
  }

  /// A value of an enumeration, by its name.
  func kind<Kind: RawRepresentable & CaseIterable>(
    _ key: String, _ kind: Kind.Type
  ) throws(ModelFileError) -> Kind where Kind.RawValue == String {
    let value = try text(key, oneOf: Kind.allCases.map(\.rawValue))
    guard let kind = Kind(rawValue: value) else {
      throw .unknownKind(path: path, key: key, value: value)
    }
    return kind
  }

  func number(_ key: String, in range: ClosedRange<Int>) throws(ModelFileError) -> Int {
    guard let text = strings[key], let value = Int(text), range.contains(value)
    else { throw .damaged(path: path, what: "no usable '\(key)'") }
    return value
  }

  /// A number that is not negative.
  func fraction(_ key: String) throws(ModelFileError) -> Double {
    guard let text = strings[key], let value = Double(text), value >= 0, value.isFinite
    else { throw .damaged(path: path, what: "no usable '\(key)'") }
    return value
  }

  func flag(_ key: String) throws(ModelFileError) -> Bool {
    try text(key, oneOf: ["true", "false"]) == "true"
  }
}
