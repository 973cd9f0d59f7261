/// How far a sentence has come in the form of its verse, token by token.
struct VerseProgress: Sendable {
  let form: VerseForm
  /// Where the whole characters of it end; nothing if they do not fit.
  private(set) var place: VerseForm.Place? = VerseForm.Place()
  /// The bytes at the end that are the beginning of a character.
  private(set) var begun: [UInt8] = []

  init(_ form: VerseForm) { self.form = form }

  /// Where the sentence is; nothing within a character.
  var placeOfAll: VerseForm.Place? { begun.isEmpty ? place : nil }

  /// Goes on with the text of a token.
  mutating func append(_ token: ArraySlice<UInt8>) {
    let text = begun + token
    begun = text.suffix(unfinishedCount(of: text))
    place = place.flatMap { form.place(after: text.dropLast(begun.count), from: $0) }
  }
}
