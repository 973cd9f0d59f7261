import FoundationEssentials
import Testing

/// What a model file says of how its model came about.
@Suite struct TrainingRecordTests {
  /// The options that shape neither the model nor its training.
  private static let others: Set = [
    "--threads", "--output", "--log", "--progress", "--profile", "--benchmark", "--self-check",
    "--vocab-size",
  ]
  /// Strings of the file that have another name than their option.
  private static let names = [
    "--pairs": "source", "--vocab": "vocabulary", "--source-vocab": "source_vocabulary",
    "--time": "training.limit_time", "--epochs": "training.limit_epochs",
    "--updates": "training.limit_updates",
  ]

  @Test func everyOptionIsInTheModelFile() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let size = String(repeating: " 0.5", count: 16)
      place.write("却\(size)\n说\(size)\n", to: "vectors")
      place.write("却 说\t沈青 道\n说\t却\n", to: "pairs.tok")
      try place.succeed("cp $STORY/story.vocab v", environment: story.environment)
      let options = try TrainOption.all(in: place).filter { !Self.others.contains($0.name) }
      #expect(options.count > 50)
      for option in options { try check(option, in: place, story) }
    }
  }

  /// Trains with an option, looks for it in the file, and scores and generates with the model.
  private func check(_ option: TrainOption, in place: Workplace, _ story: Story) throws {
    let given = "\(option.companions) \(option.text)"
    let isOfPairs = given.contains("--pairs")
    var base = "--updates 2 --seed 1 \(Story.small)"
    if option.name == "--mini-batch-words" { base = base.replacing("--mini-batch 8", with: "") }
    let (file, scored, limit) =
      isOfPairs
      ? ("pairs.tok", "--pairs pairs.tok", "")
      : ("$STORY/story.ids", "$STORY/prompts.tok", "--sentences 1")
    try place.succeed(
      """
      train \(base) \(given) -o model \(file)
      score -m model \(scored) > scores && test -s scores
      printf '却 说\\n' | generate -m model --seed 1 --max-length 3 \(limit) > /dev/null
      """, environment: story.environment)
    let strings = try Self.strings(of: place.contents(of: "model"))
    let name = String(option.flag.dropFirst(2)).replacing("-", with: "_")
    let recorded =
      Self.names[option.name].map { strings[$0] } ?? strings[name] ?? strings["training.\(name)"]
    let text = try #require(recorded, "\(option.name) is not in the file")
    #expect(isSame(text, as: expected(of: option, in: place)), "\(option.text): \(text)")
  }

  private func expected(of option: TrainOption, in place: Workplace) -> String {
    switch option.name {
    case "--pairs": "pairs"
    case "--vocab", "--source-vocab": place.text(of: "v")
    case "--valid": "story.ids"
    case "--init-embeddings": "2"
    default: option.value ?? (option.name == option.flag ? "true" : "false")
    }
  }

  /// Whether two values are the same, `60s` and `60.0s` too.
  private func isSame(_ text: String, as other: String) -> Bool {
    func number(_ text: String) -> Double? {
      Double(text.hasSuffix("s") ? String(text.dropLast()) : text)
    }
    return text == other || number(text) != nil && number(text) == number(other)
  }

  private struct Header: Decodable {
    var strings: [String: String]

    enum CodingKeys: String, CodingKey { case strings = "__metadata__" }
  }

  /// The strings of a safetensors file: its header has a length of eight bytes before it.
  private static func strings(of file: [UInt8]) throws -> [String: String] {
    let length = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    return try JSONDecoder().decode(Header.self, from: Data(file.dropFirst(8).prefix(length)))
      .strings
  }

  @Test func aRunThatDivergedSaysSoInTheFileToo() throws {
    let story = try Story.made()
    try withWorkplace { place in
      let outcome = try place.succeed(
        """
        train --updates 40 --valid-freq 100u --seed 1 \(Story.small) --optimizer adamw \
          --weight-decay 1 --learn-rate 10 --lr-warmup 0 --lr-schedule constant -o model $STORY/story.ids
        """, environment: story.environment)
      let said = try #require(outcome.diagnosticLines.first { $0.contains(" left out and ") })
      let numbers = said.split { !$0.isNumber && $0 != "." }.compactMap { Double($0) }
      let strings = try Self.strings(of: place.contents(of: "model"))
      let recorded = ["updates_left_out", "set_backs", "reduced_learn_rate"].map {
        strings["training.\($0)"].flatMap { Double($0) }
      }
      #expect(recorded == numbers.prefix(3).map { $0 })
      #expect(numbers[0] > 0 && numbers[2] < 10)
      #expect(strings["training.learn_rate"] == "10.0")
      // The model is that of the beginning, and more of the same would not help.
      let last = try #require(outcome.diagnosticLines.last)
      #expect(last.hasSuffix("worse than the unigram model: try a lower --learn-rate"))
    }
  }
}
