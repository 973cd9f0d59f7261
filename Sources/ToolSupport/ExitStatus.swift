package import TextStreams

/// The exit statuses of every tool, as sysexits(3) numbers them.
package enum ExitStatus: Int32, Sendable {
  case success = 0
  /// The command line is wrong.
  case usage = 64
  /// The input is not what it should be.
  case badData = 65
  /// There is no such input, or it may not be read.
  case noInput = 66
  /// A mistake of ours.
  case bug = 70
  /// The output cannot be created.
  case cannotCreate = 73
  /// Reading or writing failed; a full disk too.
  case inputOutput = 74
}

/// An error that knows its diagnostic and exit status.
///
/// The diagnostic is the error's description: one line in lower case, without the tool's name.
package protocol Diagnosable: Error, CustomStringConvertible {
  var exitStatus: ExitStatus { get }
}

extension StreamError: Diagnosable {
  package var exitStatus: ExitStatus {
    switch problem {
    case .unopenable: .noInput
    case .unreadable, .unwritable: .inputOutput
    case .uncreatable: .cannotCreate
    case .invalidUTF8, .malformed: .badData
    }
  }
}

/// An error of a tool that is about no place in a stream.
package struct ToolError: Diagnosable, Equatable {
  package var exitStatus: ExitStatus
  package var description: String

  package init(_ exitStatus: ExitStatus, _ description: String) {
    self.exitStatus = exitStatus
    self.description = description
  }
}

/// Ends a tool that a signal interrupted, after it has saved what is there.
package struct Interrupted: Error, Equatable {
  /// `SIGINT`, `SIGTERM` or `SIGHUP`; the exit status is 128 more.
  package var signal: Int32

  package init(signal: Int32) { self.signal = signal }
}
