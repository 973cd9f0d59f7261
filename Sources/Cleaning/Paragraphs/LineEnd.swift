internal import TextStreams

/// How a line ends, which tells whether the next goes on with its sentence.
enum LineEnd {
  /// With a letter or a digit: in the middle of a sentence.
  case open
  /// With a comma, or a mark behind which a sentence may go on.
  case pause
  /// With a full stop or the like, quotes and brackets behind it left out.
  case sentence

  init(of text: [UInt8]) {
    self = text.withUnsafeBytes { bytes in
      var end = bytes.count
      var isClosed = false
      while end > 0 {
        var first = end - 1
        while first > 0, bytes[first] & 0xC0 == 0x80 { first -= 1 }
        let scalar = decodeScalar(UnsafeRawBufferPointer(rebasing: bytes[first..<end]))
        guard let value = scalar.value else { return .pause }
        if Self.isClosing(value) {
          isClosed = true
          end = first
          continue
        }
        if Self.endsSentence(value) { return .sentence }
        let isLetter = Unicode.Scalar(value).map {
          $0.properties.isAlphabetic || $0.properties.isIdeographic
            || $0.properties.numericType != nil
        }
        return isLetter == true && !isClosed ? .open : .pause
      }
      return .sentence
    }
  }

  private static func isClosing(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x22, 0x27, 0x29, 0x5D, 0x2019, 0x201D, 0xFF02, 0xFF07, 0xFF09, 0xFF3D: true
    case 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0xFF63: true
    default: false
    }
  }

  private static func endsSentence(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x21, 0x2E, 0x3A, 0x3F, 0x7E, 0x2026, 0x2047...0x2049, 0x3002, 0xFE12, 0xFF01: true
    case 0xFF0E, 0xFF1A, 0xFF1F, 0xFF5E, 0xFF61: true
    default: false
    }
  }
}
