/// A guess at the encoding of text that is not UTF-8, good enough for a diagnostic.
enum EncodingGuess: String {
  case gb18030
  case big5
  case utf16 = "utf-16"
  case windows1252 = "windows-1252"

  /// The encoding's name as people write it.
  var displayName: String {
    switch self {
    case .gb18030: "GB18030"
    case .big5: "Big5"
    case .utf16: "UTF-16"
    case .windows1252: "Windows-1252"
    }
  }

  /// Looks at bytes from the first that is not valid UTF-8 on.
  ///
  /// - Parameters:
  ///   - sample: Some of the text; a line or more makes a good guess.
  ///   - isStart: Whether the stream begins with them.
  init?(_ sample: UnsafeRawBufferPointer, isStart: Bool) {
    if isStart, sample.starts(with: [0xFF, 0xFE]) || sample.starts(with: [0xFE, 0xFF]) {
      self = .utf16
      return
    }
    let bytes = ByteStatistics(sample)
    if bytes.high * 10 < bytes.visible * 3, bytes.isolated * 10 >= bytes.high * 8 {
      self = .windows1252
      return
    }
    let pairs = PairStatistics(sample)
    guard pairs.count > 0, pairs.broken * 20 <= pairs.count else { return nil }
    if pairs.onlyGB * 33 > pairs.count {
      self = .gb18030
    } else {
      self = pairs.lowTrail * 10 > pairs.count ? .big5 : .gb18030
    }
  }
}

/// How bytes above 0x7F lie among the others.
private struct ByteStatistics {
  var visible = 0
  var high = 0
  /// Those with an ASCII byte on either side.
  var isolated = 0

  init(_ sample: UnsafeRawBufferPointer) {
    for (index, byte) in sample.enumerated() where byte > 0x20 {
      visible += 1
      guard byte >= 0x80 else { continue }
      high += 1
      let followsHigh = index > 0 && sample[index - 1] >= 0x80
      let precedesHigh = index + 1 < sample.count && sample[index + 1] >= 0x80
      if !followsHigh, !precedesHigh { isolated += 1 }
    }
  }
}

/// What the pairs of a double-byte encoding look like.
private struct PairStatistics {
  var count = 0
  /// Bytes above 0x7F that no pair can hold.
  var broken = 0
  /// Pairs that Big5 does not have and GBK and GB18030 do, half of those of traditional text.
  var onlyGB = 0
  /// Pairs that end in an ASCII byte, a third of those of Big5.
  var lowTrail = 0

  init(_ sample: UnsafeRawBufferPointer) {
    var index = 0
    while index < sample.count {
      let lead = sample[index]
      guard lead >= 0x80 else {
        index += 1
        continue
      }
      guard index + 1 < sample.count else { return }
      let trail = sample[index + 1]
      switch (lead, trail) {
      case (0x81...0xFE, 0x30...0x39) where index + 3 < sample.count:
        onlyGB += 1
        index += 2
      case (0x81...0xFE, 0x40...0x7E), (0x81...0xFE, 0x80...0xFE):
        if lead < 0xA1 || (0x80...0xA0).contains(trail) { onlyGB += 1 }
        if trail < 0x80 { lowTrail += 1 }
      default:
        broken += 1
        index -= 1
      }
      count += 1
      index += 2
    }
  }
}
