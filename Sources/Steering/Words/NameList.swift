package import TextStreams

/// Reads the names that a passage has to have.
package enum NameList {
  /// Reads dictionaries, a name a line; weights and notes do not matter.
  ///
  /// - Parameter paths: The files, in the format of those of tokenize.
  /// - Returns: The names, none twice, in their order.
  /// - Throws: ``StreamError`` at the first line that is wrong.
  package static func read(_ paths: [String]) throws(StreamError) -> [[UInt8]] {
    var (names, seen): ([[UInt8]], Set<[UInt8]>) = ([], [])
    for path in paths {
      var lines = try DictionaryLines(InputFile(path: path))
      try lines.forEach { line throws(TokenError) in
        // What is no weight is likely the rest of a name.
        _ = try line.weight()
        guard var name = try line.text() else { return }
        guard !hasControls(name) else {
          throw TokenError(
            offset: line.word.lowerBound,
            reason: "a name with a control character, which is never written; leave it out")
        }
        // Spaces at the ends stand between the name and others.
        while name.last == 0x20 { name.removeLast() }
        name.removeFirst(name.prefix { $0 == 0x20 }.count)
        if !name.isEmpty, seen.insert(name).inserted { names.append(name) }
      }
    }
    return names
  }

  /// Whether a text has characters that the model does not spell.
  private static func hasControls(_ text: [UInt8]) -> Bool {
    String(decoding: text, as: UTF8.self).unicodeScalars.contains {
      $0.properties.generalCategory == .control
    }
  }
}
