/// How answers are written.
enum AnswerLayout: Equatable {
  /// Sentences with an empty line behind the last, and one at each paragraph's end.
  case passages
  /// A line for each prompt.
  case lines
  /// A row for each alternative: the prompt's number from 1, a score, the token line.
  case rows(Score)

  /// What stands in a row.
  enum Score {
    /// What the search orders by.
    case ofSearch
    /// ln p, where nothing is searched.
    case logProbability
  }
}
