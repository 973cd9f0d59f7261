/// A form of vocabulary that programs of other makers read and write.
package enum ForeignFormat: String, CaseIterable, Sendable {
  /// SentencePiece's `.vocab`: each line is a piece, a tab and its log-probability.
  case sentencepiece
  /// Marian's YAML: each line is `token: id`.
  case marian
  /// Marian's plain list: each line is a token.
  case marianList = "marian-list"
  /// fairseq's `dict.txt`: each line is a token, a space and its count.
  case fairseq

  /// What a file of the form is called.
  package var title: String {
    switch self {
    case .sentencepiece: "SentencePiece's vocabulary"
    case .marian: "Marian's vocabulary in YAML"
    case .marianList: "a plain list of tokens"
    case .fairseq: "fairseq's dictionary"
    }
  }

  /// Whether its rows have counts.
  package var hasCounts: Bool { self == .fairseq }

  /// Whether its tokens are text, in which only a space is marked; else they are those of token lines.
  package var isOfText: Bool { self == .sentencepiece }

  /// Guesses the form of a file, to say so where another was asked for.
  ///
  /// - Parameter bytes: The beginning of it, or all.
  init?(of bytes: UnsafeRawBufferPointer) {
    let start = UnsafeRawBufferPointer(rebasing: bytes.prefix(200_000))
    let lines = start.split(separator: 0x0A, maxSplits: 2).prefix(2).map {
      UnsafeRawBufferPointer(rebasing: $0)
    }
    guard let first = lines.first else { return nil }
    if let tab = first.lastIndex(of: 0x09) {
      let number = UnsafeRawBufferPointer(rebasing: first[(tab + 1)...])
      guard decimalNumber(number) != nil else { return nil }
      self = .sentencepiece
    } else if first[0] == UInt8(ascii: "{") || lines.allSatisfy(Self.looksLikeYAML) {
      self = .marian
    } else if FairseqRow(first) != nil {
      self = .fairseq
    } else if Self.hasSpecialLine(in: start) {
      self = .marianList
    } else {
      return nil
    }
  }

  /// Whether a line is `</s>` or `<unk>`, which a plain list has among the first.
  private static func hasSpecialLine(in start: UnsafeRawBufferPointer) -> Bool {
    start.split(separator: 0x0A).contains { line in
      line.elementsEqual("</s>".utf8) || line.elementsEqual("<unk>".utf8)
    }
  }

  /// Whether a line is a key, a colon, a space and a number.
  static func looksLikeYAML(_ line: UnsafeRawBufferPointer) -> Bool {
    guard let space = line.lastIndex(of: 0x20), space > 1, space + 1 < line.count else {
      return false
    }
    return line[space - 1] == UInt8(ascii: ":")
      && line[(space + 1)...].allSatisfy { (0x30...0x39).contains($0) }
  }
}

/// A row of fairseq's dictionary.
struct FairseqRow {
  let token: UnsafeRawBufferPointer
  let count: Int
  /// Whether the row takes the place of an earlier one, or of a special token.
  let isOverwriting: Bool

  /// Parses a row, or fails if it is none.
  init?(_ line: UnsafeRawBufferPointer) {
    let flag = " #fairseq:overwrite".utf8
    var line = line
    isOverwriting = line.count > flag.count && line.suffix(flag.count).elementsEqual(flag)
    if isOverwriting { line = UnsafeRawBufferPointer(rebasing: line.dropLast(flag.count)) }
    guard let space = line.lastIndex(of: 0x20), space > 0,
      let count = decimalCount(line[(space + 1)...])
    else { return nil }
    token = UnsafeRawBufferPointer(rebasing: line[..<space])
    self.count = count
  }

  /// Whether the row is one of those that make the number of rows a multiple of eight.
  var isPadding: Bool {
    let name = "madeupword".utf8
    return count == 0 && token.count >= name.count + 4 && token.starts(with: name)
      && token.dropFirst(name.count).allSatisfy { (0x30...0x39).contains($0) }
  }
}
