import Storytelling
import Testing

@Suite("Undoing")
struct UndoTests {
  @Test("Everything can be undone, one thing after the other")
  func everything() {
    let conversation = Conversation("一。\n")
    conversation.begin()
    // What is there after each line, by which undoing is judged.
    var states: [(text: String, proposals: [String])] = []
    for line in ["二。三。", "1", "r", "p", "p", "2", "p", "四。", "", "r", "r", "+五。"] {
      states.append((conversation.text, conversation.proposals))
      conversation.type(line)
      #expect(conversation.mistake == nil)
    }
    for state in states.reversed() {
      conversation.type("u")
      #expect(conversation.mistake == nil)
      #expect(conversation.text == state.text && conversation.proposals == state.proposals)
    }
    #expect(conversation.type("u").mistake == "there is nothing to undo")
    #expect(conversation.text == "一。\n")
  }

  @Test("What only looks is not undone")
  func looking() {
    let conversation = Conversation().type("一。", "?", "l", "e 1", "7", "x", "u")
    #expect(conversation.text == "")
    #expect(conversation.notes == ["the story is empty"])
  }

  @Test("After undoing, the end of the story and the proposals are shown again")
  func showing() {
    let conversation = Conversation().type("一。", "1", "u")
    #expect(
      conversation.replies == [
        .sentence(Array("一。".utf8)), .proposals(conversation.session.proposals),
      ])
    #expect(conversation.type("2").text == "一。0乙。\n")
  }

  @Test("Random sessions can be taken back to any point")
  func anySession() {
    var generator = SystemRandomNumberGenerator()
    let lines = ["一。", "二。三。", "1", "2", "", "r", "p", "9", "l", "e"]
    for _ in 0..<200 {
      let conversation = Conversation()
      var states: [(text: String, proposals: [String])] = []
      var typed: [String] = []
      for _ in 0..<20 {
        let line = lines.randomElement(using: &generator) ?? ""
        let before = (conversation.text, conversation.proposals)
        conversation.type(line)
        typed.append(line)
        let isChange = ["一。", "二。三。", "1", "2", "", "r", "p"].contains(line)
        if isChange, conversation.mistake == nil { states.append(before) }
      }
      for state in states.reversed() {
        conversation.type("u")
        #expect(
          conversation.text == state.text && conversation.proposals == state.proposals, "\(typed)")
      }
      #expect(conversation.text == "" && conversation.type("u").mistake != nil, "\(typed)")
    }
  }
}
