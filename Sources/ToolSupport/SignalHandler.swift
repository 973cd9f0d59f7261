internal import Glibc

/// Installs a signal handler that runs on a stack of its own.
///
/// While oneDNN multiplies matrices, the stack register of that thread may point into the heap,
/// and a handler's frame on it would overwrite what lies there. Each thread that multiplies either
/// calls this or blocks signals, as the helpers of a pool do.
///
/// - Parameters:
///   - signalNumber: The signal.
///   - restarts: Whether a call of the system that it interrupts goes on afterwards, as most can.
///   - handler: What to do; async-signal-safe.
func install(
  for signalNumber: CInt, restarts: Bool = true,
  handler: @escaping @convention(c) (_ signalNumber: CInt) -> Void
) {
  giveThreadASignalStack()
  var action = sigaction()
  action.__sigaction_handler.sa_handler = handler
  action.sa_flags = (restarts ? SA_RESTART : 0) | CInt(SA_ONSTACK)
  sigaction(signalNumber, &action, nil)
}

/// Whether the parent has a signal ignored, as nohup does.
func isIgnored(_ signalNumber: CInt) -> Bool {
  var current = sigaction()
  sigaction(signalNumber, nil, &current)
  return unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self) == 1
}

/// Sets aside memory for handlers on the calling thread, unless that was done; it is never freed.
private func giveThreadASignalStack() {
  var current = stack_t()
  sigaltstack(nil, &current)
  guard current.ss_flags & CInt(SS_DISABLE) != 0 else { return }
  // Room for the widest registers, which the kernel saves there, many times over.
  let size = 65_536
  let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 64)
  var stack = stack_t(ss_sp: memory, ss_flags: 0, ss_size: size)
  sigaltstack(&stack, nil)
}
