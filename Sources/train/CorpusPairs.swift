import Seq2Seq
import TextStreams

/// Pairs, divided into those to train on and those held out.
struct CorpusPairs {
  var training: PairList
  var validation: PairList

  /// Takes pairs that are divided already.
  init(training: PairList, validation: PairList) {
    self.training = training
    self.validation = validation
  }

  /// Takes the lines of a stream.
  ///
  /// - Parameters:
  ///   - corpus: The stream.
  ///   - maximumLength: The longest source or target to train on.
  ///   - contextSentences: How many sentences before the target are its source.
  ///   - heldOut: The share of the lines, from the end, that is held out; no pair crosses.
  init(_ corpus: IdCorpus, maximumLength: Int, contextSentences: Int, heldOut: Double) {
    training = PairList(
      maximumLength: maximumLength, owner: corpus, contextSentences: contextSentences)
    // Held-out sentences are never cut: every token counts in the figure.
    validation = PairList(
      maximumLength: PairList.unlimited, owner: corpus, contextSentences: contextSentences)
    let firstHeldOut = Int((Double(corpus.lineCount) * (1 - heldOut)).rounded(.up))
    for document in corpus.documents {
      training.startDocument()
      validation.startDocument()
      for line in document {
        if line < firstHeldOut {
          training.append(corpus.line(line))
        } else {
          validation.append(corpus.line(line))
        }
      }
    }
  }
}

extension Vocabulary {
  /// Characters that the targets of a list stand for.
  func characterCount(ofTargetsIn pairs: PairList) -> Int {
    var count = 0
    for number in 0..<pairs.count {
      pairs.forEachTargetToken(of: number) { count += characterCount($0) }
    }
    return count
  }
}
