/// How far a sentence has come in the form of its verse, token by token.
struct VerseProgress: Sendable {
  let form: VerseForm
  /// Where the whole characters of it end; nothing if they do not fit.
  private(set) var place: VerseForm.Place? = VerseForm.Place()
  /// The bytes at the end that are the beginning of a character.
  private(set) var begun: [UInt8] = []

  init(_ form: VerseForm) { self.form = form }

  /// Where the sentence is; nothing within a character.
  private var placeOfAll: VerseForm.Place? { begun.isEmpty ? place : nil }

  /// Whether a name may stand in what is left of the clause, or of the next if that is whole.
  ///
  /// - Parameter name: Letters alone.
  /// - Returns: Nothing where the sentence is at no place.
  func hasRoom(for name: [UInt8]) -> Bool? {
    placeOfAll.map { form.hasRoom(for: name, at: $0) }
  }

  /// Whether one of some names may stand there and in no clause after it.
  ///
  /// - Parameter names: Letters alone.
  /// - Returns: Nothing where the sentence is at no place.
  func isLastChance(of names: [[UInt8]]) -> Bool? {
    placeOfAll.map { form.isLastChance(of: names, at: $0) }
  }

  /// Goes on with the text of a token.
  mutating func append(_ token: ArraySlice<UInt8>) {
    let text = begun + token
    begun = text.suffix(unfinishedCount(of: text))
    place = place.flatMap { form.place(after: text.dropLast(begun.count), from: $0) }
  }
}
