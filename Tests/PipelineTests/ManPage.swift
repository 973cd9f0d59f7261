import TestSupport

/// A manual page as far as tests look into it.
struct ManPage {
  /// An example: commands that run one after the other, and what they print.
  struct Example {
    var command: String
    var output: String
  }

  /// The file names of all pages.
  static let names = Files.names(in: "\(Tools.package)/man")

  private let lines: [String]

  init?(_ name: String) {
    let text = Files.text(of: "\(Tools.package)/man/\(name)")
    guard !text.isEmpty else { return nil }
    lines = splitLines(text)
  }

  /// The options that the page names, as one types them: `-o`, `--output`.
  var options: Set<String> {
    var options: Set<String> = []
    for line in lines where line.hasPrefix(".") {
      let words = line.split(separator: " ").map(String.init)
      // In running text `.Fl x` of another tool follows its name on the same line.
      guard [".Fl", ".Op", ".It", ".Oo"].contains(words[0]) else { continue }
      for (flag, name) in zip(words, words.dropFirst()) where flag == "Fl" || flag == ".Fl" {
        options.insert("-\(name)")
      }
    }
    return options
  }

  /// What stands behind a macro, line by line, the markup undone.
  func arguments(of macro: String) -> [String] {
    lines.filter { $0.hasPrefix(".\(macro) ") }.map { plain(String($0.dropFirst(macro.count + 2))) }
  }

  private func lines(in section: String) -> some Sequence<String> {
    lines.drop { $0 != ".Sh \(section)" }.dropFirst().prefix { !$0.hasPrefix(".Sh ") }
  }

  /// The blocks of literal text in a section, the markup undone.
  func literalBlocks(in section: String) -> [[String]] {
    var blocks: [[String]] = []
    var isLiteral = false
    for line in lines(in: section) {
      if line.hasPrefix(".Bd -literal") {
        isLiteral = true
        blocks.append([])
      } else if line == ".Ed" {
        isLiteral = false
      } else if isLiteral {
        blocks[blocks.count - 1].append(plain(line))
      }
    }
    return blocks
  }

  /// The tables in a section, row by row and cell by cell, the markup undone.
  func tables(in section: String) -> [[[String]]] {
    var tables: [[[String]]] = []
    var isTable = false
    for line in lines(in: section) {
      if line.hasPrefix(".Bl ") {
        isTable = line.hasPrefix(".Bl -column")
        if isTable { tables.append([]) }
      } else if isTable, line.hasPrefix(".It ") {
        tables[tables.count - 1].append(
          line.dropFirst(4).split(separator: " Ta ").map { cell(String($0)) })
      }
    }
    return tables
  }

  /// The text of a cell: `--option` of `Fl -option`, a word without what it is marked as.
  private func cell(_ markup: String) -> String {
    let words = markup.split(separator: " ")
    guard let first = words.first, words.count == 2 else { return plain(markup) }
    return first == "Fl" ? "-\(words[1])" : plain(String(words[1]))
  }

  /// The examples in a section, block by block: commands stand behind `$ `, or `> ` as they go on.
  func examples(in section: String = "EXAMPLES") -> [[Example]] {
    literalBlocks(in: section).map { block in
      var examples: [Example] = []
      for line in block {
        if line.hasPrefix("$ ") {
          examples.append(Example(command: String(line.dropFirst(2)), output: ""))
        } else if examples.isEmpty {
          continue
        } else if line.hasPrefix("> "), examples[examples.count - 1].output.isEmpty {
          examples[examples.count - 1].command += "\n\(line.dropFirst(2))"
        } else {
          examples[examples.count - 1].output += "\(line)\n"
        }
      }
      return examples
    }
  }

  private func plain(_ line: String) -> String {
    line.replacing("\\&", with: "").replacing("\\-", with: "-").replacing("\\(aq", with: "'")
      .replacing("\\(ga", with: "`").replacing("\\e", with: "\\")
  }
}
