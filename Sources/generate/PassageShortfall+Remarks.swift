import Steering
import TextStreams

extension PassageShortfall {
  /// How many missing names are told one by one.
  private static let namesShown = 3
  /// How many characters of each.
  private static let charactersShown = 24

  /// What the user should know of it.
  ///
  /// - Parameter plan: That of the passages.
  /// - Returns: A remark for each kind of thing that is missing.
  func remarks(on plan: PassagePlan) -> [String] {
    var remarks: [String] = []
    if nameCount > 0 {
      remarks.append(
        "\(counted(nameCount, "name")) of --dictionary did not appear, \(missingNames(of: plan)); "
          + "more --sentences or a greater --max-length make room")
    }
    if prefixes > 0 {
      remarks.append(
        "\(counted(prefixes, "answer")) broken off within the text of --prefix; "
          + "a greater --max-length makes room, unless --stop ended it")
    }
    if beginnings > 0 {
      remarks.append(
        "\(counted(beginnings, "character")) of --acrostic did not appear, "
          + "as the text ended before; --stop, --paragraphs, --characters or --max-length may have "
          + "ended it")
    }
    return remarks
  }

  /// The first of the missing names, each once, and how many others there are.
  private func missingNames(of plan: PassagePlan) -> String {
    let missing = plan.names.filter { names[$0] != nil }.map {
      let name = String(decoding: $0, as: UTF8.self)
      let isShort = name.count <= Self.charactersShown
      return isShort ? "'\(name)'" : "'\(name.prefix(Self.charactersShown))...'"
    }
    let others = missing.count - Self.namesShown
    let shown = missing.prefix(Self.namesShown).joined(separator: ", ")
    return others > 0 ? "\(shown) and \(counted(others, "other"))" : shown
  }
}
