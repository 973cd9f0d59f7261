internal import Glibc

/// Something wrong with a stream, and where.
package struct StreamError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Problem: Equatable, Sendable {
    /// There is no such input, or it may not be opened, or it is a directory.
    case unopenable(errno: CInt)
    /// `read(2)` failed with this `errno`.
    case unreadable(errno: CInt)
    /// The output could not be created.
    case uncreatable(errno: CInt)
    /// `write(2)`, `fsync(2)` or `close(2)` failed with this `errno`.
    case unwritable(errno: CInt)
    /// The line holds bytes that are not UTF-8.
    case invalidUTF8
    /// The bytes are not in the stream's format; the reason, and the fix where it is known.
    case malformed(String)
  }

  /// The stream's name: its path, or `<stdin>`.
  package var stream: String
  /// The line's number, counted from 1; `nil` where lines mean nothing.
  package var line: Int?
  /// The byte's number in the line, counted from 1; `nil` where it is the line that is wrong.
  package var column: Int?
  package var problem: Problem

  package init(stream: String, line: Int? = nil, column: Int? = nil, problem: Problem) {
    self.stream = stream
    self.line = line
    self.column = column
    self.problem = problem
  }

  package var description: String {
    var place = stream
    if let line {
      place += ":\(line)"
      if let column { place += ":\(column)" }
    }
    return "\(place): \(reason)"
  }

  /// What is wrong, without the place.
  package var reason: String {
    switch problem {
    case .unopenable(let errno), .unreadable(let errno): describe(errno: errno)
    case .uncreatable(let errno): "cannot create: \(describe(errno: errno))"
    case .unwritable(let errno): "cannot write: \(describe(errno: errno))"
    case .invalidUTF8: "not valid UTF-8"
    case .malformed(let reason): reason
    }
  }
}

/// Returns the system's text for an `errno`, beginning in lower case as all diagnostics do.
package func describe(errno: CInt) -> String {
  let text = String(cString: strerror(errno))
  // "I/O error" and the like keep their capitals.
  guard let first = text.first, text.dropFirst().first?.isLowercase == true else { return text }
  return first.lowercased() + text.dropFirst()
}
