import Kernels

/// A part of a batch on its way forward and back.
///
/// `@unchecked Sendable`: one thread at a time has it.
final class Shard<Element: Scalar>: @unchecked Sendable {
  private(set) var batch: Batch
  private let dropout: DropoutPlan?
  private let sampling: ScheduledSampling?
  private let arena: Arena<Element>
  /// Receives t of every step after dropout, N×E.
  private let readout: Matrix<Element>
  /// ∂loss/∂readout.
  private let dReadout: Matrix<Element>
  let terms: GradientTerms<Element>
  /// The target of each row; set on the way forward.
  private(set) var targets: [UInt32] = []
  private var passes: (EncodedSources<Element>, RecurrentDecoder<Element>.Pass)?

  init(
    _ batch: Batch, dropout: DropoutPlan?, sampling: ScheduledSampling?, arena: Arena<Element>,
    readout: Matrix<Element>, dReadout: Matrix<Element>, terms: GradientTerms<Element>
  ) {
    self.batch = batch
    self.dropout = dropout
    self.sampling = sampling
    self.arena = arena
    self.readout = readout
    self.dReadout = dReadout
    self.terms = terms
  }

  /// Computes the readout, and keeps what the way back needs.
  func forward(_ model: Seq2Seq<Element>) {
    feedPredictions(of: model)
    arena.reset()
    let (sources, pass) = model.forward(batch, dropout: dropout, arena: arena)
    readout.copy(from: pass.tape.readout)
    Activity.embedding.measure { dropout?.readout?.apply(to: readout) }
    targets = pass.tape.steps.rows(of: batch.targets)
    passes = (sources, pass)
  }

  /// Puts predictions in the place of some tokens that the decoder is fed.
  private func feedPredictions(of model: Seq2Seq<Element>) {
    let places = sampling?.places(in: batch.targets) ?? []
    guard !places.isEmpty else { return }
    let tokens = model.predictions(at: places, of: batch, arena: arena)
    batch.feed(batch.targets.inputs(replacing: places, by: tokens))
  }

  /// Takes the gradient back, and leaves the weights' in the terms.
  ///
  /// - Precondition: The shard has been forward and no other has used its arena since.
  func backward(_ model: Seq2Seq<Element>, scale: Element) {
    guard let (sources, pass) = passes else { preconditionFailure("a shard was not run forward") }
    passes = nil
    Activity.embedding.measure { dropout?.readout?.apply(to: dReadout) }
    let dSources = model.decoder.backward(
      dReadout, pass, sources: sources, scale: scale, addingTo: terms, arena: arena)
    model.encoder.backward(
      dSources, sources.tape, dropout: dropout, addingTo: terms, arena: arena)
  }
}
