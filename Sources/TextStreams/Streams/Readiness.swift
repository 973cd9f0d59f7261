internal import Glibc

/// Waits until a non-blocking descriptor is ready.
func wait(for descriptor: CInt, events: CInt) {
  var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
  _ = poll(&request, 1, -1)
}

/// Whether a read of a descriptor would not block.
func isReadable(_ descriptor: CInt) -> Bool {
  var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
  return poll(&request, 1, 0) != 0
}
