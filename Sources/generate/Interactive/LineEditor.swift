import CEdit
import ToolSupport

/// Lines that a writer edits on the terminal, with those before to go back to.
///
/// Keys are those of emacs, or what `~/.editrc` says. A line is UTF-8 whatever the locale is, and a
/// character goes as a whole, however many columns it takes.
final class LineEditor: CommandSource {
  private let editor: OpaquePointer
  private let history: OpaquePointer
  private let key: InterruptKey

  /// Prepares to edit on the standard input and output; fails where the C library has no UTF-8.
  ///
  /// - Parameter key: Leaves the line.
  init?(key: InterruptKey) {
    guard cedit_use_utf8(), let history = history_init() else { return nil }
    guard let editor = cedit_open("generate", history) else {
      history_end(history)
      return nil
    }
    (self.editor, self.history, self.key) = (editor, history, key)
  }

  deinit {
    el_end(editor)
    history_end(history)
  }

  func next(beginningWith beginning: String?) -> TypedLine {
    key.release()
    if let beginning { el_push(editor, beginning) }
    var count: CInt = 0
    guard let start = el_gets(editor, &count), count > 0 else {
      defer { key.release() }
      return key.isPressed ? .left : .end
    }
    key.release()
    let bytes = UnsafeRawBufferPointer(start: start, count: Int(count))
    let line = String(decoding: bytes.last == 0x0A ? bytes.dropLast() : bytes[...], as: UTF8.self)
    if !line.isEmpty { cedit_remember(history, line) }
    return .line(line)
  }
}
