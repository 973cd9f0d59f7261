import ArgumentParser
import Seq2Seq
import Steering
import TextStreams

/// What the options of length and steering come to, for one model.
struct SteeredWriting {
  /// When passages end.
  private(set) var plan: PassagePlan
  /// The passages that are given.
  private(set) var forced: ForcedPassages?
  /// What changes the chances of tokens, in this order.
  private(set) var processors: [any LogitsProcessor] = []
  /// The most tokens of a sentence.
  private(set) var maximumLength: Int

  /// Reads the files that options name, and refuses what cannot all be had.
  ///
  /// - Parameters:
  ///   - options: What the text is made to be.
  ///   - lengths: Where passages end.
  ///   - vocabulary: That of the answers.
  ///   - areLines: Whether every line is a prompt and is answered with one line.
  ///   - maximumLength: The most tokens of a sentence.
  ///   - isLengthGiven: Whether that holds for text that is given too.
  /// - Throws: A usage error, or ``StreamError`` at the first line of a file that is wrong.
  init(
    _ options: SteeringOptions, lengths: LengthOptions, vocabulary: Vocabulary, areLines: Bool,
    maximumLength: Int, isLengthGiven: Bool
  ) throws {
    self.maximumLength = maximumLength
    let acrostic = options.acrosticCharacters
    if areLines, let acrostic, acrostic.count > 1 {
      throw ValidationError("an answer of one line has no room for an --acrostic of several")
    }
    if let acrostic, let sentences = lengths.sentences, sentences < acrostic.count {
      throw ValidationError(
        "--acrostic begins \(acrostic.count) sentences, and --sentences allows \(sentences)")
    }
    plan = lengths.plan(vocabulary, defaultSentences: areLines ? 1 : acrostic?.count ?? 8)
    if let path = options.force {
      if let option = lengths.given.first {
        throw ValidationError("--force says how long passages are; leave out \(option)")
      }
      try force(path, vocabulary: vocabulary, areLines: areLines, isLengthGiven: isLengthGiven)
    } else {
      try steer(options, vocabulary: vocabulary)
    }
  }

  private mutating func force(
    _ path: String, vocabulary: Vocabulary, areLines: Bool, isLengthGiven: Bool
  ) throws {
    let passages = try ForcedPassages(
      reading: InputFile(path: path), vocabulary: vocabulary, areLines: areLines)
    processors = [passages.processor]
    plan.sentencesOfPrompts = passages.lengths
    if !isLengthGiven { maximumLength = max(maximumLength, passages.longest) }
    forced = passages
  }

  private mutating func steer(_ options: SteeringOptions, vocabulary: Vocabulary) throws {
    let names = try NameList.read(options.dictionary)
    let biases = try options.bias.map { path throws in
      try WordBiases(reading: InputFile(path: path))
    }
    try options.refuseContradictions(
      names: names, biases: biases ?? WordBiases(), stops: plan.stops)
    (plan.names, plan.prefix) = (names, options.prefixText)
    guard !options.isIdle else { return }
    let texts = TokenTexts(vocabulary)
    if let acrostic = options.acrosticCharacters {
      plan.beginnings = acrostic
      processors.append(
        SentenceBeginnings(acrostic: acrostic, prefix: options.prefixText, texts: texts))
    } else if let prefix = options.prefixText {
      processors.append(SentenceBeginnings(prefix: prefix, texts: texts))
    }
    if let verse = options.verse { processors.append(VerseRules(verse, texts: texts)) }
    if let biases { processors += biases.processors(texts) }
    // Names come last, so that they see what the others leave of them.
    if !names.isEmpty {
      processors.append(
        RequiredNames(
          names, limits: RequiredNames.Limits(plan, maximumLength: maximumLength),
          verse: options.verse, texts: texts))
    }
  }
}
