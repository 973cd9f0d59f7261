import Glibc
import Storytelling
import Testing

@Suite("Saving")
struct SavingTests {
  @Test("The text is saved, and then nothing is unsaved")
  func saving() throws {
    try withDirectory { directory in
      let conversation = Conversation().type("一。二。", "p", "w \(directory)/a")
      #expect(conversation.notes == ["2 sentences saved to \(directory)/a"])
      #expect(contents("\(directory)/a") == "一。二。\n")
      #expect(!conversation.session.isUnsaved)
      #expect(conversation.type("q").replies == [.quit])
    }
  }

  @Test("A file of the session is written again, with or without its name")
  func again() throws {
    try withDirectory { directory in
      let conversation = Conversation().type("一。", "w \(directory)/a", "1", "w")
      #expect(contents("\(directory)/a") == "一。0甲。")
      conversation.type("u", "w \(directory)/a")
      #expect(contents("\(directory)/a") == "一。")
      conversation.type("w \(directory)/b", "p", "w")
      #expect(contents("\(directory)/b") == "一。\n" && contents("\(directory)/a") == "一。")
    }
  }

  @Test("What was undone is saved or unsaved as it was")
  func undoing() throws {
    try withDirectory { directory in
      let conversation = Conversation().type("一。", "w \(directory)/a", "1")
      #expect(conversation.session.isUnsaved)
      #expect(!conversation.type("u").session.isUnsaved)
      #expect(!conversation.type("r").session.isUnsaved)
      #expect(conversation.type("1").session.isUnsaved)
      #expect(conversation.type("u", "u", "u").session.isUnsaved)
      #expect(conversation.text == "")
    }
  }

  @Test("A file of somebody else is replaced only if that is asked for")
  func foreignFiles() throws {
    try withDirectory { directory in
      let path = "\(directory)/a"
      write("old", to: path)
      let conversation = Conversation().type("一。", "w \(path)")
      let reason = "exists and is not of this session; 'w! \(path)' replaces it"
      #expect(conversation.mistake == "\(path): \(reason)")
      #expect(contents(path) == "old" && conversation.session.isUnsaved)
      #expect(conversation.type("w").mistake != nil, "it is not where the story was saved last")
      #expect(conversation.type("w! \(path)").mistake == nil)
      #expect(contents(path) == "一。")
      #expect(conversation.type("1", "w").mistake == nil, "now it is the session's own")
      write("of another program", to: path)
      #expect(
        conversation.type("2", "w").mistake?.contains("was changed by another program") == true)
      #expect(contents(path) == "of another program")
      #expect(conversation.type("w!").mistake == nil)
      #expect(contents(path) == "一。0甲。1乙。\n")
    }
  }

  @Test("A file that was removed is written again")
  func removedFiles() throws {
    try withDirectory { directory in
      let conversation = Conversation().type("一。", "w \(directory)/a")
      unlink("\(directory)/a")
      #expect(conversation.type("w").mistake == nil)
      #expect(contents("\(directory)/a") == "一。")
    }
  }

  @Test("What cannot be saved is said, and the story stays unsaved")
  func failures() throws {
    try withDirectory { directory in
      let conversation = Conversation().type("一。", "w \(directory)/none/a")
      #expect(
        conversation.mistake == "\(directory)/none/a: cannot create: no such file or directory")
      #expect(conversation.type("w \(directory)").mistake?.contains("is a directory") == true)
      #expect(conversation.type("w /dev/full").mistake?.contains("no space left") == true)
      #expect(conversation.session.isUnsaved && conversation.text == "一。")
      #expect(conversation.type("q").notes.count == 1)
    }
  }

  private func withDirectory(_ body: (String) throws -> Void) throws {
    var template = Array("/tmp/huaben-story-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    defer {
      for name in ["a", "b"] { unlink("\(path)/\(name)") }
      #expect(rmdir(path) == 0, "nothing else is left there")
    }
    try body(path)
  }

  private func write(_ text: String, to path: String) {
    guard let file = fopen(path, "w") else { return }
    fputs(text, file)
    fclose(file)
  }

  private func contents(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes[..<count], as: UTF8.self)
  }
}
