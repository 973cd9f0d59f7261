import Glibc
import Testing
import ToolSupport

@Suite("The interrupt key")
struct InterruptKeyTests {
  @Test("A press is a wish to stop, and forgotten when it is released")
  func press() async {
    await #expect(processExitsWith: .success) {
      receiveSignals()
      let key = InterruptKey()
      precondition(!key.isPressed)
      raise(SIGINT)
      precondition(key.isPressed && key.endingSignal == nil)
      key.release()
      precondition(!key.isPressed)
      raise(SIGINT)
      precondition(key.isPressed, "a second press ends nothing")
    }
  }

  @Test(
    "A wish to end is kept, and the next ends the process", arguments: [SIGTERM, SIGHUP])
  func end(number: CInt) async throws {
    let result = try await #require(processExitsWith: .failure) { [number = number as CInt] in
      receiveSignals()
      let key = InterruptKey()
      raise(number)
      precondition(key.endingSignal == number && key.isPressed)
      key.release()
      precondition(key.isPressed, "an end is not forgotten")
      raise(number)
    }
    #expect(result.exitStatus == .signal(number))
  }

  @Test("A wish to end breaks off a wait, also one that begins later", .timeLimit(.minutes(1)))
  func waiting() async {
    await #expect(processExitsWith: .success) {
      receiveSignals()
      let key = InterruptKey()
      var ends: [CInt] = [0, 0]
      precondition(pipe(&ends) == 0)
      var byte: UInt8 = 1
      precondition(write(ends[1], &byte, 1) == 1 && key.waitForInput(from: ends[0]))
      precondition(read(ends[0], &byte, 1) == 1)
      raise(SIGTERM)
      precondition(!key.waitForInput(from: ends[0]))
      // A read that nobody asked about first is ended by an alarm a second later.
      precondition(alarm(0) == 1)
      var action = sigaction()
      sigaction(SIGALRM, nil, &action)
      precondition(action.sa_flags & CInt(SA_RESTART) == 0)
    }
  }
}
