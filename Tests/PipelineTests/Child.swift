import Glibc
import Synchronization

/// What a command left behind; the two streams apart, as bytes.
struct Outcome {
  var status: Int32
  var output: [UInt8]
  var diagnosticBytes: [UInt8]

  var text: String { String(decoding: output, as: UTF8.self) }
  var diagnostics: String { String(decoding: diagnosticBytes, as: UTF8.self) }
  /// The lines of standard output, without line feeds.
  var lines: [String] { splitLines(text) }
  /// The lines of standard error, without line feeds.
  var diagnosticLines: [String] { splitLines(diagnostics) }
}

/// Returns the lines of a text; what follows the last line feed counts if there is anything.
func splitLines(_ text: String) -> [String] {
  var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    .map { String($0) }
  if lines.last == "" { lines.removeLast() }
  return lines
}

/// Held while a child is started, so that no other child inherits the ends of its pipes.
private let starting = Mutex(())

/// A running program whose standard output and error are pipes.
struct Child {
  let process: pid_t
  private let output: CInt
  private let diagnostics: CInt

  /// Starts a program with nothing on its standard input, and signals as a terminal leaves them.
  ///
  /// - Parameters:
  ///   - arguments: The program's path, then its arguments.
  ///   - environment: All of its environment.
  /// - Throws: ``ChildError`` if it cannot be started.
  init(_ arguments: [String], environment: [String: String]) throws {
    self = try starting.withLock { _ in
      try Child(starting: arguments, environment: environment)
    }
  }

  private init(starting arguments: [String], environment: [String: String]) throws {
    var outputPipe: [CInt] = [0, 0]
    var diagnosticPipe: [CInt] = [0, 0]
    guard pipe(&outputPipe) == 0, pipe(&diagnosticPipe) == 0 else {
      throw ChildError(reason: "pipe: \(String(cString: strerror(errno)))")
    }
    for descriptor in outputPipe + diagnosticPipe { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, outputPipe[1], STDOUT_FILENO)
    posix_spawn_file_actions_adddup2(&actions, diagnosticPipe[1], STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for signal in [SIGPIPE, SIGINT, SIGTERM, SIGHUP] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var argumentPointers = arguments.map { strdup($0) } + [nil]
    var environmentPointers = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer {
      (argumentPointers + environmentPointers).forEach { free($0) }
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
      close(outputPipe[1])
      close(diagnosticPipe[1])
    }
    var process = pid_t()
    let code = posix_spawn(
      &process, arguments[0], &actions, &attributes, &argumentPointers, &environmentPointers)
    guard code == 0 else {
      throw ChildError(reason: "\(arguments[0]): \(String(cString: strerror(code)))")
    }
    self.process = process
    (output, diagnostics) = (outputPipe[0], diagnosticPipe[0])
  }

  /// Reads both pipes as they fill, to their ends, and waits for the program.
  ///
  /// - Returns: What it wrote, and its exit status; 128 and the signal if one ended it.
  func finish() -> Outcome {
    var outcome = Outcome(status: -1, output: [], diagnosticBytes: [])
    var polled = [
      pollfd(fd: output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: diagnostics, events: Int16(POLLIN), revents: 0),
    ]
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while polled.contains(where: { $0.fd >= 0 }) {
      guard poll(&polled, nfds_t(polled.count), -1) >= 0 || errno == EINTR else { break }
      for index in polled.indices where polled[index].revents != 0 {
        let count = read(polled[index].fd, &buffer, buffer.count)
        if count > 0 {
          if index == 0 {
            outcome.output += buffer[..<count]
          } else {
            outcome.diagnosticBytes += buffer[..<count]
          }
        } else if count == 0 || errno != EINTR {
          polled[index].fd = -1
        }
        polled[index].revents = 0
      }
    }
    close(output)
    close(diagnostics)
    var status: CInt = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR {}
    let signal = status & 0x7F
    outcome.status = signal == 0 ? (status >> 8) & 0xFF : 128 + signal
    return outcome
  }
}

/// Why a program could not be started.
struct ChildError: Error, CustomStringConvertible {
  let reason: String
  var description: String { reason }
}
