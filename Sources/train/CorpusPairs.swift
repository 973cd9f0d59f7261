import Seq2Seq
import TextStreams

/// The pairs of an id stream, divided into those to train on and those held out.
struct CorpusPairs {
  var training: PairList
  var validation: PairList

  /// Takes the lines of a stream.
  ///
  /// - Parameters:
  ///   - corpus: The stream.
  ///   - maximumLength: The longest source or target to train on.
  ///   - heldOut: The share of the lines, from the end, that is held out; no pair crosses.
  init(_ corpus: IdCorpus, maximumLength: Int, heldOut: Double) {
    training = PairList(maximumLength: maximumLength, owner: corpus)
    // Held-out sentences are never cut: every token counts in the figure.
    validation = PairList(maximumLength: PairList.unlimited, owner: corpus)
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
