import Glibc
import TestSupport
import Testing
import TextStreams
import ToolSupport

/// A folder that is removed with all in it.
private final class Folder {
  let path: String

  init() throws {
    var template = Array("/tmp/huaben-tests-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw ToolError(.cannotCreate, "no folder") }
    path = template.withUnsafeBufferPointer {
      String(decoding: $0.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }

  deinit {
    for name in names { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  /// What is in the folder.
  var names: [String] { Files.names(in: path) }

  func read(_ name: String) throws -> String {
    var reader = LineReader(try InputFile(path: "\(path)/\(name)"))
    var text = ""
    while let line = try reader.next() { text += String(decoding: line, as: UTF8.self) + "\n" }
    return text
  }

  func write(_ name: String, _ text: String) throws {
    let file = try AtomicFile(path: "\(path)/\(name)")
    try file.writer.write(text)
    try file.commit()
  }
}

@Suite("Files that appear when they are whole")
struct AtomicFileTests {
  @Test("A file has its name once it is committed, not before")
  func commit() throws {
    let folder = try Folder()
    try folder.write("out", "old\n")
    let file = try AtomicFile(path: "\(folder.path)/out")
    try file.writer.write("new\n")
    try file.writer.flush()
    #expect(try folder.read("out") == "old\n")
    #expect(folder.names.count == 2)
    try file.commit()
    #expect(try folder.read("out") == "new\n")
    #expect(folder.names == ["out"])
  }

  @Test("Without a commit nothing is left, and what stood there still does")
  func discard() throws {
    let folder = try Folder()
    try folder.write("out", "old\n")
    do {
      let file = try AtomicFile(path: "\(folder.path)/out")
      try file.writer.write("half")
    }
    #expect(folder.names == ["out"])
    #expect(try folder.read("out") == "old\n")
  }

  @Test("A link is followed, and permissions stay")
  func links() throws {
    let folder = try Folder()
    try folder.write("target", "old\n")
    chmod("\(folder.path)/target", 0o640)
    symlink("target", "\(folder.path)/link")
    try folder.write("link", "new\n")
    var status = stat()
    lstat("\(folder.path)/link", &status)
    #expect(status.st_mode & S_IFMT == S_IFLNK)
    stat("\(folder.path)/target", &status)
    #expect(status.st_mode & 0o777 == 0o640)
    #expect(try folder.read("target") == "new\n")
  }

  @Test("A device is written in place")
  func device() throws {
    let file = try AtomicFile(path: "/dev/null")
    try file.writer.write("x")
    try file.commit()
    var status = stat()
    stat("/dev/null", &status)
    #expect(status.st_mode & S_IFMT == S_IFCHR)
  }

  @Test("What cannot be created is named", arguments: ["/no/such/folder/out", "/"])
  func uncreatable(path: String) {
    let error = #expect(throws: StreamError.self) { _ = try AtomicFile(path: path) }
    #expect(error?.exitStatus == .cannotCreate)
    #expect(error?.stream == path)
  }

  @Test("A signal leaves nothing behind", arguments: [SIGINT, SIGTERM, SIGHUP, SIGPIPE])
  func signals(number: CInt) async throws {
    let folder = try Folder()
    let path = "\(folder.path)/out"
    let result = try await #require(processExitsWith: .failure) {
      [path = path as String, number = number as CInt] in
      receiveSignals()
      let file = try AtomicFile(path: path)
      try file.writer.write("half")
      try file.writer.flush()
      raise(number)
    }
    #expect(result.exitStatus == .signal(number))
    #expect(folder.names == [])
  }
}

@Suite("Interrupts")
struct InterruptTests {
  @Test("The first signal is noted, the second ends the process", arguments: [SIGINT, SIGTERM])
  func flag(number: CInt) async throws {
    let result = try await #require(processExitsWith: .failure) { [number = number as CInt] in
      receiveSignals()
      let flag = InterruptFlag()
      precondition(!flag.isSet)
      raise(number)
      precondition(flag.signal == number)
      raise(SIGINT)
    }
    #expect(result.exitStatus == .signal(SIGINT))
  }

  @Test("Files are safe while an interrupt is being handled, whichever came first")
  func flagAndFile() async throws {
    let folder = try Folder()
    let path = "\(folder.path)/out"
    try await #require(processExitsWith: .success) { [path = path as String] in
      receiveSignals()
      let flag = InterruptFlag()
      let file = try AtomicFile(path: path)
      try file.writer.write("saved\n")
      raise(SIGINT)
      precondition(flag.isSet)
      try file.commit()
    }
    #expect(try folder.read("out") == "saved\n")
  }
}
