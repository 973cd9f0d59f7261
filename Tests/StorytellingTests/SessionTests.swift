import Storytelling
import Testing

@Suite("A session")
struct SessionTests {
  @Test("Text becomes sentences, and sentences are proposed")
  func writing() {
    let conversation = Conversation().type("却说宝玉。听了")
    #expect(conversation.text == "却说宝玉。听了")
    #expect(conversation.session.story.sentenceCount == 2)
    #expect(conversation.replies == [.proposals(conversation.session.proposals)])
    #expect(conversation.proposals == ["0甲。", "0乙。"])
    #expect(conversation.type("，笑道。").text == "却说宝玉。听了，笑道。")
  }

  @Test("A proposal is taken by its number, the first by an empty line")
  func taking() {
    let conversation = Conversation().type("却说。", "1")
    #expect(conversation.text == "却说。0甲。")
    #expect(conversation.replies.first == .sentence(Array("0甲。".utf8)))
    #expect(conversation.type("").text == "却说。0甲。1甲。")
    #expect(conversation.type("2").text == "却说。0甲。1甲。2乙。\n", "it ends the paragraph")
    #expect(conversation.author.questions.map(\.text).last == conversation.text)
  }

  @Test("The author is asked anew with another number each time")
  func asking() {
    let conversation = Conversation().type("却说。", "r", "r", "u", "u", "r")
    #expect(conversation.author.questions.map(\.number) == [0, 1, 2, 3])
    #expect(conversation.proposals == ["3甲。", "3乙。"])
    #expect(conversation.text == "却说。")
  }

  @Test("The same lines make the same story")
  func reproducing() {
    let lines = ["却说。", "r", "2", "听了。", "u", "1", "", "p", "r", "u", "2"]
    let (first, second) = (Conversation(), Conversation())
    for line in lines { first.type(line) }
    for line in lines { second.type(line) }
    #expect(first.text == second.text && first.proposals == second.proposals)
  }

  @Test("Alike proposals are one, and none are said to be none")
  func fewProposals() {
    let conversation = Conversation()
    let proposal = StubCoauthor.proposal("甲。")
    conversation.author.answers = [[proposal, proposal], []]
    #expect(conversation.type("却说。").proposals == ["甲。"])
    #expect(conversation.type("r").proposals == [])
    #expect(conversation.notes == ["the model proposes nothing; type the next sentence"])
    #expect(conversation.type("1").mistake == "nothing is proposed; 'r' asks for proposals")
  }

  @Test("An interruption leaves the story as it is")
  func interrupting() {
    let conversation = Conversation()
    conversation.author.answers = [nil]
    conversation.type("却说。")
    #expect(conversation.replies == [.interrupted])
    #expect(conversation.text == "却说。" && conversation.proposals == [])
    #expect(conversation.type("r").proposals == ["1甲。", "1乙。"])
    #expect(conversation.type("u", "u").text == "")
  }

  @Test("A proposal goes into the line as text")
  func editing() {
    let conversation = Conversation()
    conversation.author.answers = [[.init("甲。"), .init("r"), .init("+")]]
    conversation.type("却说。", "e 1")
    #expect(conversation.replies == [.edit("甲。")])
    #expect(conversation.type("e 2").replies == [.edit("+r")])
    #expect(conversation.type("e 3").replies == [.edit("++")])
    #expect(conversation.type("e 4").mistake == "there is no proposal 4, only 3")
    #expect(conversation.text == "却说。")
  }

  @Test("What would be a key of the line's editor is no part of the line")
  func editingControlCharacters() {
    let conversation = Conversation()
    conversation.author.answers = [[.init("甲\r乙\u{7F}\u{9B}\t。\u{3}")]]
    conversation.type("却说。", "e 1")
    #expect(conversation.replies.last == .edit("甲乙。"))
    #expect(conversation.notes == ["control characters of the proposal are left out"])
  }

  @Test("Text that is too long for the author is refused")
  func longText() {
    let conversation = Conversation()
    conversation.author.longestText = 9
    #expect(
      conversation.type("一二三四").mistake == "text of more than 9 bytes; write it in parts")
    #expect(conversation.text == "" && conversation.author.questions.isEmpty)
    #expect(conversation.type("一二三").text == "一二三")
  }

  @Test("A paragraph ends, and goes on after all")
  func paragraphs() {
    let conversation = Conversation().type("却说。", "p")
    #expect(conversation.text == "却说。\n")
    #expect(conversation.notes == ["the paragraph ends here"])
    #expect(conversation.author.questions.last?.text == "却说。\n", "it is asked again")
    #expect(conversation.type("p").text == "却说。")
    #expect(conversation.notes == ["the paragraph goes on"])
    #expect(conversation.type("2", "p").text == "却说。2乙。", "also where the model ended it")
  }

  @Test("What makes no sense changes nothing")
  func mistakes() {
    let conversation = Conversation()
    for line in ["", "1", "e 1", "r", "p", "u", "w", "x", "+"] {
      #expect(conversation.type(line).mistake != nil, "\(line)")
    }
    conversation.type("却说。")
    for line in ["3", "9", "e 7", "e 10", "l 0", "10", "w", "0", "+"] {
      #expect(conversation.type(line).mistake != nil, "\(line)")
      #expect(conversation.text == "却说。" && conversation.proposals.count == 2)
    }
    #expect(conversation.author.questions.count == 1)
  }

  @Test("The story is listed, or its last paragraphs")
  func listing() {
    let conversation = Conversation()
    #expect(conversation.type("l").notes == ["the story is empty"])
    conversation.type("一。", "p", "二。", "三。", "p", "四。")
    for (line, text) in [
      ("l", "一。\n二。三。\n四。"), ("l 1", "四。"), ("l 2", "二。三。\n四。"), ("l 9", "一。\n二。三。\n四。"),
    ] {
      #expect(conversation.type(line).replies == [.text(Array(text.utf8))])
    }
    #expect(conversation.type("p", "l 1").replies == [.text(Array("四。\n".utf8))])
    #expect(conversation.type("?").replies == [.help])
  }

  @Test("A session goes on with a story")
  func beginning() {
    let conversation = Conversation("\n一。二。\n\n")
    conversation.begin()
    #expect(conversation.replies.first == .sentence(Array("二。".utf8)))
    #expect(conversation.proposals == ["0甲。", "0乙。"])
    #expect(conversation.author.questions.map(\.text) == ["\n一。二。\n\n"])
    #expect(!conversation.session.isUnsaved)
    #expect(conversation.type("u").mistake == "there is nothing to undo")
    #expect(conversation.type("p").text == "\n一。二。\n", "a line feed at a time")
    #expect(conversation.type("p", "p").text == "\n一。二。\n")
    let empty = Conversation()
    empty.begin()
    #expect(empty.replies == [])
  }

  @Test("An unsaved story is left by the second try")
  func leaving() {
    let conversation = Conversation()
    #expect(conversation.type("q").replies == [.quit])
    conversation.type("却说。", "q")
    #expect(
      conversation.notes == ["the story is not saved; 'w FILE' saves it, and 'q' again leaves it"])
    #expect(conversation.type("q").replies == [.quit])
    #expect(conversation.type("?", "q").notes.count == 1, "something else was typed")
    #expect(conversation.type("q!").replies == [.quit])
    conversation.type("?")
    conversation.end()
    #expect(conversation.notes.count == 1, "the end of the input is the same")
    conversation.session.leaveLine()
    conversation.end()
    #expect(conversation.notes.count == 1)
    conversation.end()
    #expect(conversation.replies == [.quit])
    #expect(Conversation().type("却说。", "u", "q").replies == [.quit], "nothing is left to save")
  }
}

extension Proposal {
  fileprivate init(_ text: String) { self = StubCoauthor.proposal(text) }
}
