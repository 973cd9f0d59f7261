/// Why a file is not a model that can be used.
package enum ModelFileError: Error, Equatable, CustomStringConvertible {
  /// The file cannot be opened or read; the reason is the system's.
  case unreadable(path: String, reason: String)
  /// The file is something else, with a guess at what.
  case foreign(path: String, what: String)
  /// The file was a model, and is damaged.
  case damaged(path: String, what: String)
  /// The file is of a kind that this version does not know.
  case unknownKind(path: String, key: String, value: String)

  /// Whether the file could not be read at all.
  package var isUnreadable: Bool {
    if case .unreadable = self { true } else { false }
  }

  package var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): \(reason)"
    case .foreign(let path, let what):
      "\(path): this is \(what), not a model; name the .safetensors file that train wrote"
    case .damaged(let path, let what):
      "\(path): the model is damaged: \(what); copy it again or train it again"
    case .unknownKind(let path, let key, let value):
      "\(path): this version does not know the model's \(key) '\(value)'; use the version that wrote it"
    }
  }
}
