import ArgumentParser
import Glibc
import Seq2Seq
import TextStreams
import ToolSupport

/// The file of `--log`: a row for each held-out figure, written as it comes.
final class TrainingLog {
  private let writer: ByteWriter
  private var failure: StreamError?
  private static let columns = [
    "seconds", "updates", "epochs", "tokens", "train_nats_per_token", "valid_nats_per_token",
    "valid_bits_per_char", "learning_rate", "gradient_norm", "tokens_per_second",
  ]

  /// Creates the file and writes the header.
  init(path: String) throws(StreamError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw StreamError(stream: path, problem: .uncreatable(errno: errno))
    }
    writer = ByteWriter(descriptor: descriptor, name: path)
    do throws(StreamError) {
      try writeRow(Self.columns)
    } catch {
      failure = error
    }
  }

  /// Makes sure that the log, which is written in place, is none of the run's other files.
  static func check(path: String, isNoneOf others: [String]) throws {
    for file in others where file != "-" && leadToOneFile(path, file) {
      throw ValidationError("--log \(path) is the file '\(file)'; name another for the log")
    }
  }

  /// Adds a row; figures that there are not are `NA`.
  ///
  /// A log that cannot be written ends here, and the training goes on; ``finish()`` tells.
  func write(_ record: TrainingRecord, validCharacters: Int) {
    guard failure == nil else { return }
    do throws(StreamError) {
      try writeRow(row(record, validCharacters: validCharacters))
    } catch {
      failure = error
    }
  }

  /// Throws what kept the log from being whole.
  func finish() throws(StreamError) {
    if let failure { throw failure }
  }

  private func row(_ record: TrainingRecord, validCharacters: Int) -> [String] {
    let validation = record.validation
    return [
      fixed(record.seconds, 1), String(record.updates), fixed(record.epochs, 3),
      String(record.tokens), fixed(record.trainNatsPerToken, 4),
      validation.map { fixed($0.natsPerToken, 4) } ?? "NA",
      validation.map { fixed($0.bitsPerCharacter(validCharacters), 4) } ?? "NA",
      fixed(record.learningRate, 7), fixed(record.gradientNorm, 4),
      fixed(record.tokensPerSecond, 0),
    ]
  }

  private func writeRow(_ fields: [String]) throws(StreamError) {
    try writer.write(fields.joined(separator: "\t") + "\n")
    try writer.flush()
  }
}
