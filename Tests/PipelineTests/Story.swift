import Glibc

/// A small model of the beginning of the built-in story, and all that lies on the way to it.
///
/// Made once for all tests, which leave it as it is: `story.txt story.tok prompts.tok story.vocab
/// story.dict story.ids story.safetensors story.log`.
struct Story {
  /// What makes a model small enough to be trained in a moment.
  static let small = "--dim-emb 16 --dim-rnn 32 --mini-batch 8"

  /// The directory of the files.
  let path: String
  /// What the tools said, by their names.
  let diagnostics: [String: String]

  /// The directory as a shell's variable.
  var environment: [String: String] { ["STORY": path] }

  static func made() throws -> Story { try result.get() }

  private static let result = Result { try make() }

  nonisolated(unsafe) private static var toRemove: Workplace?

  private static func make() throws -> Story {
    let place = try Workplace()
    toRemove = place
    atexit { Story.toRemove?.remove() }
    var diagnostics: [String: String] = [:]
    for (name, script) in [
      ("head", "head -n 80 '\(Tools.package)/Examples/story.txt' > story.txt"),
      ("tokenize", "tokenize story.txt > story.tok"),
      ("prompts", "head -n 6 story.tok > prompts.tok"),
      ("vocab", "vocab --min-count 2 story.tok > story.vocab"),
      ("export", "vocab export --format fairseq story.vocab > story.dict"),
      ("encode", "vocab encode -v story.vocab story.tok > story.ids"),
      (
        "train",
        "train --updates 80 --seed 1 \(small) --log story.log -o story.safetensors story.ids"
      ),
    ] {
      let outcome = try place.run(script)
      diagnostics[name] = outcome.diagnostics
      guard outcome.status == 0 else {
        throw ChildError(reason: "\(script): status \(outcome.status): \(outcome.diagnostics)")
      }
    }
    return Story(path: place.path, diagnostics: diagnostics)
  }
}
