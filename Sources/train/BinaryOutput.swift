import ArgumentParser
import Glibc
import ToolSupport

/// Where the model goes: `-o FILE`, or standard output unless that is a terminal.
enum BinaryOutput {
  static func open(_ option: OutputFile) throws -> Output {
    let isStandard = option.output == nil || option.output == "-"
    if isStandard && isatty(STDOUT_FILENO) == 1 {
      throw ValidationError("a model is no text for a terminal; name a file with -o")
    }
    return try option.open()
  }
}
