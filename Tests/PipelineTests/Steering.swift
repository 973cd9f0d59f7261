/// Prompts that are answered where a test has no others.
let steeringPrompts = String(repeating: "却 说\n\n沈青 道\n\n", count: 6)

/// Runs generate with options that steer the text, which end in ` -` where it reads no prompts.
func steer(
  _ options: String, prompts: String = steeringPrompts, files: [String: String] = [:]
) throws -> Outcome {
  let story = try Story.made()
  let place = try Workplace()
  defer { place.remove() }
  for (name, text) in files { place.write(text, to: name) }
  place.write(prompts, to: "prompts")
  let generate = "generate -m $STORY/story.safetensors --seed 7 --max-length 60"
  return try place.run(
    "\(generate) \(options) \(options.hasSuffix(" -") ? "" : "prompts")",
    environment: story.environment)
}
