internal import Kernels

/// Strings of made-up tokens, drawn at random.
struct SelfCheckText {
  let lengths: ClosedRange<Int>
  /// How many unlike tokens there are.
  let alphabet: UInt32
  let seed: UInt64

  /// The first strings.
  func strings(_ count: Int) -> [[UInt32]] {
    var generator = Philox(key: seed)
    return (0..<count).map { _ in
      (0..<Int.random(in: lengths, using: &generator)).map { _ in
        ReservedID.bytes.upperBound + UInt32.random(in: 0..<alphabet, using: &generator)
      }
    }
  }

  /// Pairs of a string and what is made of it.
  func pairs(_ count: Int, target: ([UInt32]) -> [UInt32]) -> PairList {
    let text = RunningText()
    for string in strings(count) {
      for line in [string, target(string)] {
        line.forEach(text.append)
        text.endLine()
      }
    }
    return text.givenPairs(0..<count, maximumLength: PairList.unlimited)
  }
}
