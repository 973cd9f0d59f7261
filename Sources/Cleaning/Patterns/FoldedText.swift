internal import TextStreams

/// A line as the patterns see it, in UTF-16, with the way back to its bytes.
///
/// Full-width and enclosed letters, digits and marks are those of ASCII, as are the Greek and Cyrillic
/// letters that look like them; letters are small, blanks are spaces, and the traditional characters
/// that patterns have are simplified.
final class FoldedText {
  /// The units; they stay where they are until the next text.
  var units: UnsafeBufferPointer<UInt16> { UnsafeBufferPointer(start: base, count: count) }
  private(set) var count = 0
  private var base: UnsafeMutablePointer<UInt16>
  /// For each unit and for the end the offset in bytes.
  private var offsets: UnsafeMutablePointer<Int32>
  private var capacity: Int

  init(capacity: Int = 4_096) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
    offsets = .allocate(capacity: capacity + 1)
  }

  deinit {
    base.deallocate()
    offsets.deallocate()
  }

  subscript(index: Int) -> UInt16 { base[index] }

  /// Replaces the text.
  ///
  /// - Parameter bytes: UTF-8, or nearly; a byte that is not valid is U+FFFD.
  func fold(_ bytes: [UInt8]) {
    if bytes.count > capacity { grow(to: max(bytes.count, 2 * capacity)) }
    count = 0
    bytes.withUnsafeBytes { bytes in
      var index = 0
      while index < bytes.count {
        let scalar = decodeScalar(UnsafeRawBufferPointer(rebasing: bytes[index...]))
        append(scalar.value ?? 0xFFFD, at: index)
        index += scalar.length
      }
      offsets[count] = Int32(index)
    }
  }

  /// Where some units are in the bytes.
  func bytes(of range: Range<Int>) -> Range<Int> {
    Int(offsets[range.lowerBound])..<Int(offsets[range.upperBound])
  }

  /// Whether some units are written otherwise than in plain ASCII without blanks.
  func isDisguised(_ range: Range<Int>) -> Bool {
    bytes(of: range).count > range.count || range.contains { base[$0] == 0x20 }
  }

  private func append(_ scalar: UInt32, at offset: Int) {
    offsets[count] = Int32(offset)
    guard scalar >= 0x1_0000 else {
      base[count] = Self.folded[Int(scalar)]
      count += 1
      return
    }
    base[count] = UInt16(truncatingIfNeeded: 0xD7C0 + scalar >> 10)
    base[count + 1] = UInt16(truncatingIfNeeded: 0xDC00 | scalar & 0x3FF)
    offsets[count + 1] = Int32(offset)
    count += 2
  }

  private func grow(to capacity: Int) {
    base.deallocate()
    offsets.deallocate()
    self.capacity = capacity
    base = .allocate(capacity: capacity)
    offsets = .allocate(capacity: capacity + 1)
  }

  /// The traditional characters of the patterns, each before its simplified form.
  private static let traditional = """
    頁页節节載载網网書书閱阅讀读請请後后點点擊击繼继續续機机戶户無无彈弹廣广轉转發发佈布錄录說说論论壇坛專专\
    號号訂订購购買买務务話话講讲冊册訪访問问瀏浏覽览記记歡欢製制權权歸归屬属僅仅學学習习參参個个預预內内時时\
    間间數数開开結结終终動动貳贰陸陆兩两簡简紹绍標标題题傳传圖图館馆簽签薦荐禮礼賞赏聲声責责關关註注編编輯辑\
    連连載载獨独週周級级選选擇择輸输體体電电腦脑軟软檔档頂顶貼贴們们這这裡里隨随進进於于來来導导報报錯错誤误\
    顯显儲储
    """

  /// Letters that are taken for Latin ones, each before that.
  private static let lookalikes =
    "αaοoρpκkνvτtιiυuχxωwεeηnμuΑaΒbΕeΗhΙiΚkΜmΝnΟoΡpΤtΧxΥyΖz"
    + "аaеeоoрpсcхxкkмmтtнhуyіiѕsАaВbЕeКkМmНhОoРpСcТtХxУy"

  /// What each unit of the first plane becomes.
  private static let folded: [UInt16] = {
    var folded = (0..<0x1_0000).map { UInt16($0) }
    for unit in 0xFF01...0xFF5E { folded[unit] = UInt16(unit - 0xFEE0) }
    for unit in 0..<0x1_0000 where folded[unit] >= 0x41 && folded[unit] <= 0x5A {
      folded[unit] += 0x20
    }
    // ①⑴⒈ from 1 on, ⒜ and ⓐ; Ⓐ are capital.
    for first in [0x2460, 0x2474, 0x2488] {
      for digit in 1...9 { folded[first + digit - 1] = UInt16(0x30 + digit) }
    }
    folded[0x24EA] = 0x30
    for first in [0x249C, 0x24B6, 0x24D0] {
      for letter in 0..<26 { folded[first + letter] = UInt16(0x61 + letter) }
    }
    for unit in 0..<0x1_0000 where Blanks.isBlank(UInt32(unit)) { folded[unit] = 0x20 }
    let pairs = Array((traditional + lookalikes).utf16)
    for index in stride(from: 0, to: pairs.count - 1, by: 2) {
      folded[Int(pairs[index])] = pairs[index + 1]
    }
    return folded
  }()
}
