import Seq2Seq
import Testing

@Suite("Pairs of running text")
struct PairListTests {
  @Test("Each sentence is followed by the next, <p> where a paragraph ends, </s> at the end")
  func neighbours() {
    let list = pairs([[[300, 301], [302], [], [303], [], [], [304]]])
    #expect(
      contents(list) == [
        [[300, 301], [302, 4, 3]], [[302, 4], [303, 4, 3]], [[303, 4], [304, 3]],
      ])
    #expect((0..<3).map(list.targetLine) == [1, 3, 6])
    #expect(list.tokenCount == 8)
  }

  @Test("No pair crosses documents, and leading empty lines end nothing")
  func documents() {
    let list = pairs([[[], [300], []], [[], [301], [302]], [[303]], []])
    #expect(contents(list) == [[[301], [302, 3]]])
  }

  @Test("A long source loses its beginning, a long target its end and </s>")
  func truncation() {
    let list = pairs([[[300, 301, 302], [303, 304], [], [305, 306, 307]]], maximumLength: 2)
    #expect(contents(list) == [[[301, 302], [303, 304]], [[304, 4], [305, 306]]])
    #expect(list.truncatedSourceCount == 2 && list.truncatedTargetCount == 2)
    let unlike = pairs([[[300], [301, 302, 303], [304]]], maximumLength: 2)
    #expect(unlike.truncatedSourceCount == 1 && unlike.truncatedTargetCount == 1)
    let last = pairs([[[300], [301, 302, 303]]], maximumLength: 2)
    #expect(last.truncatedSourceCount == 0 && last.truncatedTargetCount == 1)
    // A sentence that just fits is not cut.
    #expect(
      contents(pairs([[[300], [301, 302]]], maximumLength: 2)) == [[[300], [301, 302, 3]]])
  }

  @Test("An epoch has every pair once, and another order than the next")
  func epochs() {
    let list = pairs([(0..<500).map { number in Array(repeating: 300, count: 1 + number % 9) }])
    let order = BatchOrder(list, size: .pairs(8), seed: 1)
    let (first, second) = (order.batches(epoch: 0), order.batches(epoch: 1))
    #expect(first.joined().sorted() == Array(0..<499))
    #expect(second.joined().sorted() == Array(0..<499))
    #expect(first != second)
    #expect(first == BatchOrder(list, size: .pairs(8), seed: 1).batches(epoch: 0))
    #expect(first != BatchOrder(list, size: .pairs(8), seed: 2).batches(epoch: 0))
    #expect(first.count == 63)
    #expect(first.allSatisfy { $0.count <= 8 })
    let spread = first.map { batch in
      let lengths = batch.map(list.targetTokenCount)
      return (lengths.max() ?? 0) - (lengths.min() ?? 0)
    }
    #expect(spread.allSatisfy { $0 <= 2 })
  }

  @Test("Batches of so many words hold as many pairs as fit, and a longer pair alone")
  func words() {
    let list = pairs([(0..<500).map { number in Array(repeating: 300, count: 1 + number % 9) }])
    let batches = BatchOrder(list, size: .words(9), seed: 1).batches(epoch: 0)
    #expect(batches.joined().sorted() == Array(0..<499))
    let words = batches.map { $0.reduce(0) { $0 + list.targetTokenCount(of: $1) } }
    #expect(zip(batches, words).allSatisfy { $0.count == 1 || $1 <= 9 })
    #expect(zip(batches, words).contains { $0.count == 1 && $1 == 10 })
    #expect(zip(batches, words).contains { $0.count == 4 && $1 == 8 })
  }

  @Test("The steps of unlike sequences lie without padding, each after its predecessor")
  func raggedSteps() {
    let steps = RaggedSteps(lengths: [2, 4, 0, 2])
    #expect(steps.order == [1, 0, 3, 2])
    #expect(steps.active == [3, 3, 1, 1])
    #expect(steps.offset == [0, 3, 6, 7])
    #expect(steps.rowCount == 8)
    #expect((0..<4).map(steps.predecessor) == [0, 4, 7, 10])
    #expect((0..<4).map(steps.successor) == [4, 7, 10, 11])
  }
}
