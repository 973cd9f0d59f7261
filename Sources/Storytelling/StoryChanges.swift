/// What a session did, so that it can be undone, and whether it is saved.
struct StoryChanges {
  /// What was done to a story.
  enum Kind: Equatable {
    /// So many parts were added.
    case added(Int)
    /// The end of a paragraph was taken away.
    case joined
    /// Nothing, but others were proposed.
    case asked
  }

  struct Change {
    let kind: Kind
    /// What was proposed before it.
    let proposals: [Proposal]
    fileprivate let revision: Int
  }

  private var changes: [Change] = []
  /// The number of the story as it is; no other text of it has the same.
  private var revision = 0
  private var lastRevision = 0
  private var savedRevision = 0

  /// Whether the story is other than it was when it was saved, or in the beginning.
  var isUnsaved: Bool { revision != savedRevision }

  /// Takes note of what is about to be done.
  mutating func append(_ kind: Kind, proposals: [Proposal]) {
    changes.append(Change(kind: kind, proposals: proposals, revision: revision))
    guard kind != .asked else { return }
    lastRevision += 1
    revision = lastRevision
  }

  /// Forgets the last change and returns what is to be undone; `nil` where there is none.
  mutating func removeLast() -> Change? {
    guard let change = changes.popLast() else { return nil }
    revision = change.revision
    return change
  }

  /// Takes note that the story is saved as it is.
  mutating func noteSaving() { savedRevision = revision }
}
