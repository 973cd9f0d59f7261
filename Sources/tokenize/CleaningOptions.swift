import ArgumentParser
import Cleaning
import TextStreams
import ToolSupport

/// What makes a text of a novel as it is found on the net.
struct CleaningOptions: ParsableArguments {
  @Flag(
    help: """
      Leave out what is no text of the novel: indents, rules, advertisements, page headers, tables \
      of contents; this changes the text.
      """)
  var clean = false

  @Flag(help: "Join the lines of hard-wrapped text to paragraphs; this changes the text.")
  var unwrap = false

  @Option(
    help: ArgumentHelp("List in this file what --clean leaves out.", valueName: "file"),
    completion: .file())
  var dropped: String?

  func validate() throws {
    guard let dropped else { return }
    guard clean else {
      throw ValidationError("--dropped lists what --clean leaves out; add --clean")
    }
    guard dropped != "-" else {
      throw ValidationError("--dropped takes a file; standard output is for token lines")
    }
  }

  /// Refuses what does not go together with the tool's other options.
  ///
  /// - Parameters:
  ///   - pairs: Whether the text is pairs.
  ///   - output: The file that the token lines go to.
  /// - Throws: A usage error.
  func check(pairs: Bool, output: String?) throws {
    guard !pairs || !(clean || unwrap) else {
      let option = clean ? "--clean" : "--unwrap"
      throw ValidationError("\(option) is for running text; the lines of --pairs are pairs")
    }
    if let dropped, let output, leadToOneFile(dropped, output) {
      throw ValidationError("--dropped and -o name one file, '\(dropped)'")
    }
  }

  /// Opens the list, if there is to be one.
  ///
  /// - Throws: ``StreamError`` if it cannot be created.
  func open() throws(StreamError) -> CleaningSession {
    let file = if let dropped { try AtomicFile(path: dropped) } else { nil as AtomicFile? }
    return try CleaningSession(clean: clean, unwrap: unwrap, list: file)
  }
}

/// The cleaning of a run's documents.
struct CleaningSession {
  private let clean: Bool
  private let unwrap: Bool
  private let list: AtomicFile?
  private let log: DropLog?

  init(clean: Bool, unwrap: Bool, list: AtomicFile?) throws(StreamError) {
    self.clean = clean
    self.unwrap = unwrap
    self.list = list
    log = if let list { try DropLog(writer: list.writer) } else { nil }
  }

  /// Returns the stage that a document passes, if it passes any.
  func cleaner(for name: String) -> NovelCleaner? {
    guard clean || unwrap else { return nil }
    return NovelCleaner(name: name, cleans: clean, unwraps: unwrap, log: log)
  }

  /// Gives the list its name.
  ///
  /// - Throws: ``StreamError`` with the problem `unwritable`.
  func finish() throws(StreamError) { try list?.commit() }
}
