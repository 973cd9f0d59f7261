/// Stages one behind the other, and the bytes that wait between them.
final class StageChain {
  /// What came of letting the stages work.
  enum Progress {
    /// There is something in ``output``.
    case output
    /// The first stage has to be given more, see ``receive(_:)`` and ``endInput()``.
    case wantsInput
    /// All of the stream has come out.
    case finished
  }

  /// What came out of the last stage; the reader takes it and empties this.
  var output: [UInt8] = []
  private let links: [Link]

  /// Creates a chain.
  ///
  /// - Parameter stages: At least one, the first first.
  init(_ stages: [any ByteStage]) {
    precondition(!stages.isEmpty, "a chain of no stages moves nothing")
    links = stages.map { Link($0) }
  }

  /// Consumes bytes of the file that come out of the chain as they are.
  ///
  /// Only a single stage, which waits for nothing, can know that of them.
  ///
  /// - Parameter bytes: What would be handed to the first stage.
  /// - Returns: What the stage says; see ``ByteStage/pass(_:)``.
  func pass(_ bytes: UnsafeRawBufferPointer) -> (count: Int, wantsMore: Bool) {
    links.count == 1 ? links[0].pass(bytes) : (0, false)
  }

  /// Hands bytes of the file to the first stage.
  func receive(_ bytes: UnsafeRawBufferPointer) {
    if bytes.isEmpty { return }
    links[0].discardConsumed()
    links[0].input.append(contentsOf: bytes)
  }

  /// Tells the first stage that it has been given everything.
  func endInput() { links[0].inputHasEnded = true }

  /// Lets the stages work until something comes out of the last, or the first wants more.
  ///
  /// A stage works only when the one behind it has nothing left to do, so what waits between two
  /// stages is what one call of the first made.
  ///
  /// - Returns: What came of it.
  /// - Throws: What a stage throws.
  func advance() throws(StreamError) -> Progress {
    var index = links.count - 1
    while true {
      let isLast = index == links.count - 1
      let progress =
        isLast
        ? try links[index].work(into: &output) : try links[index].work(into: links[index + 1])
      switch progress {
      case .wantsInput:
        if index == 0 { return .wantsInput }
        index -= 1
      case .output, .finished:
        if isLast { return progress }
        if progress == .finished { links[index + 1].inputHasEnded = true }
        index += 1
      }
    }
  }
}

/// A stage and the bytes it has not consumed.
private final class Link {
  var input: [UInt8] = []
  var inputHasEnded = false
  private let stage: any ByteStage
  /// How many bytes of `input` are consumed.
  private var start = 0
  private var isFinished = false
  /// What the stage threw, while what it had appended before is on its way.
  private var fault: StreamError?

  init(_ stage: any ByteStage) { self.stage = stage }

  /// Lets bytes pass that need not be copied, if none wait before them.
  func pass(_ bytes: UnsafeRawBufferPointer) -> (count: Int, wantsMore: Bool) {
    guard start == input.count, fault == nil, !bytes.isEmpty else { return (0, false) }
    let passed = stage.pass(bytes)
    precondition(
      passed.count >= 0 && passed.count <= bytes.count,
      "a stage passed \(passed.count) of \(bytes.count) bytes")
    return passed
  }

  func discardConsumed() {
    input.removeSubrange(..<start)
    start = 0
  }

  /// Lets the stage work for the one behind it.
  func work(into next: Link) throws(StreamError) -> StageChain.Progress {
    next.discardConsumed()
    return try work(into: &next.input)
  }

  /// Lets the stage work until it has appended something, wants more, or is through.
  func work(into output: inout [UInt8]) throws(StreamError) -> StageChain.Progress {
    if let fault { throw fault }
    let before = output.count
    do throws(StreamError) {
      return try finishWork(into: &output)
    } catch {
      guard output.count > before else { throw error }
      fault = error
      return .output
    }
  }

  private func finishWork(
    into output: inout [UInt8]
  ) throws(StreamError) -> StageChain.Progress {
    let before = output.count
    while !isFinished {
      let consumed = try process(isEnd: false, into: &output)
      if output.count > before { return .output }
      if consumed > 0 { continue }
      guard inputHasEnded else { return .wantsInput }
      let unread = input.count - start
      let last = try process(isEnd: true, into: &output)
      precondition(last == unread, "a stage left \(unread - last) bytes at the end")
      isFinished = true
    }
    return output.count > before ? .output : .finished
  }

  private func process(isEnd: Bool, into output: inout [UInt8]) throws(StreamError) -> Int {
    let consumed = try input.withUnsafeBufferPointer { bytes throws(StreamError) in
      try stage.process(
        UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: bytes[start...])), isEnd: isEnd,
        into: &output)
    }
    precondition(
      consumed >= 0 && consumed <= input.count - start,
      "a stage consumed \(consumed) of \(input.count - start) bytes")
    start += consumed
    return consumed
  }
}
