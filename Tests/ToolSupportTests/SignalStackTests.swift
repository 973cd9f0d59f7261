import Glibc
import Testing
import ToolSupport

@Suite("Signal handlers")
struct SignalStackTests {
  /// oneDNN's products keep something else than the stack in the stack register; a handler on the
  /// thread's own stack corrupted the heap in one interrupted training run of three.
  @Test("A handler has a stack of its own", arguments: [false, true])
  func alternateStack(isFlag: Bool) async {
    await #expect(processExitsWith: .success) { [isFlag = isFlag as Bool] in
      for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
      let file = isFlag ? nil : try AtomicFile(path: "/tmp/huaben-tests-\(getpid())")
      let flag = isFlag ? InterruptFlag() : nil
      for number in [SIGINT, SIGTERM] {
        var action = sigaction()
        sigaction(number, nil, &action)
        precondition(action.sa_flags & CInt(SA_ONSTACK) != 0, "the handler of \(number)")
      }
      var stack = stack_t()
      sigaltstack(nil, &stack)
      precondition(stack.ss_flags & CInt(SS_DISABLE) == 0 && stack.ss_size >= 65_536)
      withExtendedLifetime((file, flag)) {}
    }
  }
}
