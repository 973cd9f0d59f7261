/// Why something of a text was left out.
package enum DropReason: String, CaseIterable, Sendable {
  /// A line that is drawn: a rule, or the frame of a box.
  case rule
  case advertisement
  /// What a site's page has around a chapter: the time of an update, links, "end of the chapter".
  case boilerplate
  /// What a site puts before the text.
  case frontMatter = "front matter"
  case pageHeader = "page header"
  case pageNumber = "page number"
  /// A line of a table of contents.
  case contents
  /// A part of a line, the rest of which stays.
  case clause

  /// What the summary counts, in the singular.
  var noun: String {
    switch self {
    case .boilerplate: "line of boilerplate"
    case .frontMatter: "line of front matter"
    case .contents: "line of contents"
    default: rawValue
    }
  }

  /// What the summary counts, in the plural.
  var plural: String {
    switch self {
    case .boilerplate: "lines of boilerplate"
    case .frontMatter: "lines of front matter"
    case .contents: "lines of contents"
    default: "\(rawValue)s"
    }
  }
}
