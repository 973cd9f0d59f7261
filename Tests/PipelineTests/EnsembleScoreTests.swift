import Glibc
import Testing

/// Several models, whose probabilities are averaged.
@Suite struct EnsembleScoreTests {
  /// Two models of one vocabulary, one of which reads two sentences.
  private func train(_ place: Workplace, _ story: Story) throws {
    try place.succeed(
      """
      train --updates 20 --seed 2 --context-sentences 2 \(Story.small) -o other $STORY/story.ids
      cp $STORY/story.safetensors one
      """, environment: story.environment)
  }

  @Test func aModelWithItselfIsTheModel() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try train(place, story)
      try place.succeed(
        """
        printf '却 说\\n沈青 道\\n' > prompts
        printf '2\\t0\\t说\\n2\\t0\\t却 说\\n1\\t0\\t沈青 道\\n' > list
        for options in "$STORY/story.tok" "--per-line $STORY/story.tok" \
          "--per-token $STORY/story.tok" "--rerank --source prompts list"
        do
          score -m one $options > alone
          score -m one -m one $options | cmp - alone
          score -m one -m other --weights 1,0 $options | cmp - alone
          score -m other -m one --weights 0,3 $options | cmp - alone
          score -m one -m other $options > both
          ! cmp -s alone both
          score -m other -m one $options | cmp - both
        done
        """, environment: story.environment)
    }
  }

  @Test func probabilitiesAreAveraged() throws {
    let story = try Story.made()
    try withWorkplace { place in
      try train(place, story)
      func nats(_ options: String) throws -> [Double] {
        let rows = try place.succeed(
          "score --per-token \(options) $STORY/story.tok", environment: story.environment
        ).lines.dropFirst()
        return rows.compactMap { $0.split(separator: "\t").last.flatMap { Double($0) } }
      }
      let (one, other) = (try nats("-m one"), try nats("-m other"))
      let mixed = try nats("-m one -m other --weights 3,1")
      try #require(one.count > 500 && other.count == one.count && mixed.count == one.count)
      for (nats, (a, b)) in zip(mixed, zip(one, other)) {
        #expect(abs(nats + log(0.75 * exp(-a) + 0.25 * exp(-b))) < 1e-4)
      }
      // An average is no worse than the worst, and no better than both together allow.
      let sum = try nats("-m one -m other").reduce(0, +)
      #expect(sum < max(one.reduce(0, +), other.reduce(0, +)) + 1e-2)
    }
  }

  @Test func sourcesMayHaveOtherVocabulariesButTargetsMayNot() throws {
    try withWorkplace { place in
      place.write("a b\tc\nb a\td d\na\tc\nb\td d\n", to: "pairs")
      let options = "--pairs --updates 5 --seed 1 \(Story.small) --valid-fraction 0"
      try place.succeed(
        """
        cut -f 1 pairs | vocab > source.vocab
        cut -f 2 pairs | vocab > target.vocab
        tr '\\t' '\\n' < pairs | vocab > all.vocab
        train \(options) -v target.vocab --source-vocab source.vocab -o one pairs
        train \(options) -v target.vocab --source-vocab all.vocab -o two pairs
        train \(options) -v all.vocab -o three pairs
        score --pairs -m one -m two pairs | grep -qx $'sentences\\t4'
        printf 'a b\\n' > prompts; printf '1\\t0\\tc\\n1\\t0\\td\\n' > list
        score --rerank -m one -m two --source prompts list | wc -l | grep -qx 2
        """)
      try place.run("score --pairs -m one -m two -m three pairs")
        .expectFailure(64, "score", saying: "one and three have different vocabularies")
      try place.run("score -m one -m two pairs")
        .expectFailure(64, "score", saying: "one was trained on pairs")
      try place.run("score --pairs -m one -m missing pairs")
        .expectFailure(66, "score", saying: "missing: no such file")
    }
  }
}
