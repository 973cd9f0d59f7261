import TestSupport
import Testing

/// The sentences of the page of Examples/compare agree with the table of its results.
@Suite struct ComparisonPageTests {
  private static let units = ["word", "character"]
  private static let gated = ["gru", "lstm"]
  private static let attentions = ["dot", "general", "additive"]
  private static let folder = "\(Tools.package)/Examples/compare"

  private let rows: [String: [String: String]]

  init() throws {
    let lines = splitLines(Files.text(of: "\(Self.folder)/results/compare.tsv"))
      .map { $0.split(separator: "\t").map(String.init) }
    let names = try #require(lines.first)
    rows = Dictionary(
      uniqueKeysWithValues: lines.dropFirst().map { fields in
        (
          fields.prefix(4).joined(separator: " "),
          Dictionary(uniqueKeysWithValues: zip(names, fields))
        )
      })
  }

  private func figure(
    _ name: String, _ unit: String, _ cell: String, _ attention: String, _ limit: String
  ) -> Double {
    rows["\(unit) \(cell) \(attention) \(limit)"]?[name].flatMap { Double($0) } ?? .nan
  }

  private func bits(
    _ unit: String, _ cell: String, _ attention: String, _ limit: String
  ) -> Double { figure("bits_per_char", unit, cell, attention, limit) }

  @Test(arguments: ["README.md", "README.in.md"])
  func thePageSaysWhatTheTableHas(name: String) throws {
    #expect(rows.count == 48)
    let text = Files.text(of: "\(Self.folder)/\(name)").replacing("\n", with: " ")
    for sentence in [ofGates(), ofAttention(), ofUnits()].joined() {
      #expect(text.contains(sentence), "\(sentence)")
    }
  }

  private func ofGates() -> [String] {
    var (between, before): ([Double], [Double]) = ([], [])
    for unit in Self.units {
      for attention in ["none"] + Self.attentions {
        let cells = (Self.gated + ["rnn"]).map { bits(unit, $0, attention, "600u") }
        between.append(abs(cells[0] - cells[1]))
        before += [cells[2] - cells[0], cells[2] - cells[1]]
      }
    }
    return [
      "lie within \(range(between).upper) bits of each other",
      "\(range(before).text) before the plain RNN",
    ]
  }

  private func ofAttention() -> [String] {
    func gains(_ cells: [String], _ attentions: [String], _ limit: String) -> [Double] {
      Self.units.flatMap { unit in
        cells.flatMap { cell in
          attentions.map { bits(unit, cell, "none", limit) - bits(unit, cell, $0, limit) }
        }
      }
    }
    let additive = ["600u", "60s"].flatMap { gains(["rnn"], ["additive"], $0) }
    #expect(
      ["600u", "60s"].flatMap { gains(["rnn"], ["dot", "general"], $0) }.allSatisfy { $0 < 0 })
    return [
      "gated cells \(range(gains(Self.gated, Self.attentions, "600u")).upper) bits at best, and "
        + "\(range(gains(Self.gated, Self.attentions, "60s")).upper) in equal time",
      "additive attention (\(range(additive).text))",
    ]
  }

  private func ofUnits() -> [String] {
    let models = Self.gated.flatMap { cell in
      (["none"] + Self.attentions).map { (cell, $0) }
    }
    let leads = models.map {
      bits("character", $0.0, $0.1, "600u") - bits("word", $0.0, $0.1, "600u")
    }
    let best = Self.units.map { unit in models.map { bits(unit, $0.0, $0.1, "60s") }.min() ?? .nan }
    let times = models.map {
      figure("updates", "character", $0.0, $0.1, "60s")
        / figure("updates", "word", $0.0, $0.1, "60s")
    }
    let (least, most) = (times.min() ?? .nan, times.max() ?? .nan)
    return [
      "words lead characters by \(range(leads).text) bits",
      "(best \(text(best[0])) and \(text(best[1])))",
      "\(text(least, tenths: true)) to \(text(most, tenths: true)) times the updates",
    ]
  }

  /// The least and the greatest of some figures.
  private func range(_ figures: [Double]) -> (text: String, upper: String) {
    let (least, most) = (text(figures.min() ?? .nan), text(figures.max() ?? .nan))
    return ("\(least) to \(most)", most)
  }

  /// A figure with two decimals, or one.
  private func text(_ figure: Double, tenths: Bool = false) -> String {
    guard figure.isFinite, figure >= 0 else { return "\(figure)" }
    let unit = tenths ? 10 : 100
    let number = Int((figure * Double(unit)).rounded())
    let decimals = String(number % unit)
    return "\(number / unit)." + (tenths || decimals.count == 2 ? decimals : "0\(decimals)")
  }
}
