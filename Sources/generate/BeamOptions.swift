import ArgumentParser
import Seq2Seq

/// How sentences are searched for, in place of choosing each token for good.
struct BeamOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Follow the k best beginnings of each sentence, and take the best sentence.", valueName: "k"))
  var beamSize: Int?

  @Option(
    help: ArgumentHelp(
      "With a beam: divide ln p by ((5 + length) / 6)^a; 0 for ln p alone (default: 0.6).",
      valueName: "a"))
  var lengthPenalty: Double?

  @Option(
    help: ArgumentHelp(
      "With a beam: what it costs to leave tokens of the prompt without attention (default: 0).",
      valueName: "b"))
  var coveragePenalty: Double?

  @Option(
    help: ArgumentHelp(
      "Divide the beam into g groups that avoid what the ones before them write.", valueName: "g"))
  var beamGroups: Int?

  @Option(
    help: ArgumentHelp(
      "With groups: what a token costs each time a group before took it (default: 0.5).",
      valueName: "l"))
  var diversityPenalty: Double?

  @Flag(help: "Draw the sentences of the beam at random, no two the same.")
  var stochasticBeam = false

  @Option(
    help: ArgumentHelp(
      "Write a list of n answers to each prompt, with scores; with -i propose n (default: 3).",
      valueName: "n"))
  var nBest: Int?

  func validate() throws {
    if let beamSize, !(1...1000).contains(beamSize) {
      throw ValidationError("--beam-size takes a number from 1 to 1000")
    }
    if let nBest, !(1...1000).contains(nBest) {
      throw ValidationError("--n-best takes a number from 1 to 1000")
    }
    for (name, number) in numbers {
      if let number, !(0...1000).contains(number) {
        throw ValidationError("\(name) takes a number from 0 to 1000")
      }
    }
    guard let beamSize else { return try validateWithoutBeam() }
    if let nBest, nBest > beamSize {
      throw ValidationError(
        "--n-best \(nBest) is above --beam-size \(beamSize); a beam finds no more than it is wide")
    }
    if stochasticBeam {
      for name in ofBestBeam {
        throw ValidationError(
          "--stochastic-beam draws by probability, which \(name) has no part in; leave out \(name)")
      }
    }
    try validateGroups(of: beamSize)
  }

  private var numbers: [(String, Double?)] {
    [
      ("--length-penalty", lengthPenalty), ("--coverage-penalty", coveragePenalty),
      ("--diversity-penalty", diversityPenalty),
    ]
  }

  /// Those given that only concern the search for the best score.
  private var ofBestBeam: [String] {
    numbers.compactMap { $1 == nil ? nil : $0 } + (beamGroups == nil ? [] : ["--beam-groups"])
  }

  private func validateWithoutBeam() throws {
    for name in ofBestBeam + (stochasticBeam ? ["--stochastic-beam"] : []) {
      throw ValidationError("\(name) is about a beam; give --beam-size too")
    }
  }

  private func validateGroups(of beamSize: Int) throws {
    if let beamGroups, beamGroups < 1 || !beamSize.isMultiple(of: beamGroups) {
      throw ValidationError(
        "--beam-groups divides --beam-size \(beamSize) into groups of equal size; "
          + "\(beamGroups) does not")
    }
    if diversityPenalty != nil, beamGroups ?? 1 == 1 {
      throw ValidationError("--diversity-penalty is about several groups; give --beam-groups too")
    }
  }

  /// Refuses options of sampling that a beam has no use for.
  func validate(with sampling: SamplingOptions) throws {
    guard beamSize != nil else { return }
    if let name = sampling.given.first {
      throw ValidationError(
        "\(name) says which tokens one is drawn from, and "
          + (stochasticBeam ? "a stochastic beam draws from all" : "a beam draws none")
          + "; leave out --beam-size or \(name)")
    }
    if stochasticBeam {
      guard sampling.temperature > 0 else {
        throw ValidationError(
          "at --temperature 0 nothing is drawn; leave out --stochastic-beam")
      }
    } else if sampling.temperature != 1 {
      throw ValidationError(
        "--temperature is about drawing tokens, and a beam draws none; leave it out or give "
          + "--stochastic-beam")
    }
  }

  /// Sets what the options say.
  func apply(to settings: inout WritingSettings) {
    settings.alternativeCount = nBest ?? 1
    if nBest != nil { settings.keepsLogProbability = true }
    guard let beamSize else { return }
    var beam = BeamSettings(width: beamSize)
    beam.lengthPenalty = lengthPenalty ?? beam.lengthPenalty
    beam.coveragePenalty = coveragePenalty ?? beam.coveragePenalty
    beam.groupCount = beamGroups ?? 1
    beam.diversityPenalty = beam.groupCount > 1 ? diversityPenalty ?? 0.5 : 0
    beam.isStochastic = stochasticBeam
    settings.beam = beam
  }
}
