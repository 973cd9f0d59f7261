package import ToolSupport

/// What a session wants the writer to see, or asks of the screen.
package enum SessionReply: Equatable, Sendable {
  /// The sentence that the story now ends in.
  case sentence([UInt8])
  case proposals([Proposal])
  /// The story's text.
  case text([UInt8])
  case help
  /// Something has been done, or there is nothing to do.
  case note(String)
  /// The proposals were not made, as somebody interrupted.
  case interrupted
  /// What was typed makes no sense here, or failed; nothing has changed.
  case mistake(ToolError)
  /// The next line should begin as this one, to be changed.
  case edit(String)
  case quit
}
