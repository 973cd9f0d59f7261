import ArgumentParser
import Steering

extension SteeringOptions {
  /// Refuses options of which one has what another rules out, as far as they alone tell.
  func refuseContradictions() throws {
    if let prefixText, let first = acrosticCharacters?.first,
      !SentenceBeginnings.begins(prefixText, with: first)
    {
      throw ValidationError(
        "--acrostic has the first sentence begin with '\(text(first))', --prefix with other text")
    }
    guard let verse else { return }
    if let prefixText, !verse.canBegin(with: prefixText) {
      throw ValidationError("no verse of that form begins with the text of --prefix")
    }
    for character in acrosticCharacters ?? [] where !verse.canBegin(with: character) {
      throw ValidationError("no verse begins with '\(text(character))', a character of --acrostic")
    }
  }

  /// Refuses what files and other options rule out.
  ///
  /// - Parameters:
  ///   - names: Those of the dictionaries.
  ///   - biases: Words that are to be more or less likely.
  ///   - stops: Strings before which a passage ends.
  /// - Throws: A usage error.
  func refuseContradictions(
    names: [[UInt8]], biases: WordBiases, stops: StopStrings
  ) throws {
    var wanted = names.map { ("a name of --dictionary", $0) }
    if let prefixText { wanted.append(("the text of --prefix", prefixText)) }
    wanted += (acrosticCharacters ?? []).map { ("a character of --acrostic", $0) }
    for (what, text) in wanted {
      if let banned = biases.banned(in: text) {
        throw ValidationError(
          "\(what) has '\(self.text(banned))' in it, which --bias bans: '\(self.text(text))'")
      }
      if let stop = stops.found(in: text) {
        throw ValidationError(
          "\(what) has '\(self.text(stop))' in it, before which --stop ends: '\(self.text(text))'")
      }
    }
    for name in names {
      guard let verse, !verse.canHold(name) else { continue }
      throw ValidationError("no clause of --verse can hold '\(text(name))' of --dictionary")
    }
  }

  private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
