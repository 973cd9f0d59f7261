package import Kernels

extension RecurrentDecoder {
  /// A pass that has been run, and what its first states were made of.
  package struct Pass {
    package let tape: Tape
    let bridge: Bridge<Element>.Tape
  }

  /// Runs along targets that are known.
  ///
  /// - Parameters:
  ///   - targets: The targets; target n belongs to source n.
  ///   - encoded: The encoded sources.
  ///   - dropout: The masks, if any.
  ///   - beginning: Where a single target goes on from; `nil` for the targets' beginning.
  ///   - arena: Where the results go.
  /// - Returns: The readouts, and what `backward` needs.
  package func forward(
    _ targets: SequenceBatch, sources encoded: EncodedSources<Element>, dropout: DropoutPlan?,
    after beginning: Beginning? = nil, arena: Arena<Element>
  ) -> Pass {
    let steps = RaggedSteps(lengths: targets.lengths)
    let tape = begin(
      steps, inputIDs: steps.rows(of: targets, delayedBy: beginning?.token ?? ReservedID.start),
      numbers: steps.order, sources: encoded.attended, dropout: dropout, arena: arena)
    let first = zip(tape.layers.map(\.firstHidden), tape.layers.map(\.firstMemory))
    let bridgeTape = bridge.forward(
      encoded.attended, last: encoded.last, numbers: steps.order[...],
      into: first.map { Bridge.Layer(hidden: $0.0, memory: $0.1) }, arena: arena)
    if let beginning {
      precondition(steps.sequenceCount == 1, "only a single target is scored piece by piece")
      tape.first.copy(rows: [0], from: beginning.state)
    }
    for step in 0..<steps.stepCount { advance(tape, step: step) }
    readOut(tape)
    return Pass(tape: tape, bridge: bridgeTape)
  }

  /// Makes the readouts of all steps at once, unless each step has made its own for the next.
  ///
  /// - Parameter tape: A pass whose steps have all been run.
  func readOut(_ tape: Tape) {
    if !configuration.hasInputFeeding {
      readout.forward(tape.readoutInputs, into: tape.readoutRows)
    }
  }

  /// Where a single target has got to, when it is scored piece by piece.
  package struct Beginning {
    let token: UInt32  // the last token
    let state: DecoderState<Element>

    /// The end of a piece; the state is copied.
    init(endOf tape: Tape, lastToken: UInt32, arena: Arena<Element>) {
      token = lastToken
      func copy(_ matrix: Matrix<Element>) -> Matrix<Element> {
        let result = arena.matrix(matrix.rows, matrix.columns)
        result.copy(from: matrix)
        return result
      }
      let last = tape.last
      state = DecoderState(
        hidden: last.hidden.map(copy), memory: last.memory.map(copy),
        readout: copy(last.readout), coverage: copy(last.coverage))
    }
  }
}

extension RaggedSteps {
  /// The token of each row.
  package func rows(of batch: SequenceBatch) -> [UInt32] {
    (0..<stepCount).flatMap { step in
      order[..<active[step]].map { batch.ids[batch.offsets[$0] + step] }
    }
  }

  /// The row of each token.
  func rowOfToken(in batch: SequenceBatch) -> [Int] {
    var rows = [Int](repeating: 0, count: batch.ids.count)
    for step in 0..<stepCount {
      for (index, number) in order[..<active[step]].enumerated() {
        rows[batch.offsets[number] + step] = offset[step] + index
      }
    }
    return rows
  }

  /// The token before that of each row, `first` at the first step, or what the batch says is fed.
  func rows(of batch: SequenceBatch, delayedBy first: UInt32) -> [UInt32] {
    (0..<stepCount).flatMap { step in
      order[..<active[step]].map {
        let place = batch.offsets[$0] + step
        return batch.inputs?[place] ?? (step == 0 ? first : batch.ids[place - 1])
      }
    }
  }
}
