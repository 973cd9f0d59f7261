import Testing

@testable import train

/// The tables of presets in train(1) are what the program makes of their names.
@Suite struct PresetTableTests {
  @Test(arguments: Preset.allCases.map(\.rawValue))
  func theTableIsWhatThePresetStandsFor(name: String) throws {
    let page = try #require(ManPage("train.1"))
    let columns = page.tables(in: "PRESETS").compactMap { column(name, of: $0) }
    #expect(columns.count == 1, "each preset stands in one table")
    #expect(columns.first == expansion(of: name))
  }

  @Test func theTablesHaveNoOtherPresets() throws {
    let page = try #require(ManPage("train.1"))
    let names = page.tables(in: "PRESETS").flatMap { $0.first?.dropFirst() ?? [] }
    #expect(names == Preset.allCases.map(\.rawValue))
  }

  /// What a table sets, option by option; `nil` if it does not have the preset.
  private func column(_ name: String, of table: [[String]]) -> [String: String]? {
    guard let place = table.first?.firstIndex(of: name) else { return nil }
    var options: [String: String] = [:]
    for row in table.dropFirst() where row[place] != "-" { options[row[0]] = row[place] }
    return options
  }

  /// What stands before the options given, a flag with `yes`.
  private func expansion(of name: String) -> [String: String] {
    let words = Preset.expand(["--preset", name]).dropLast(2)
    var options: [String: String] = [:]
    for (word, next) in zip(words, words.dropFirst() + ["--"]) where word.hasPrefix("--") {
      options[word] = next.hasPrefix("--") ? "yes" : next
    }
    return options
  }
}
