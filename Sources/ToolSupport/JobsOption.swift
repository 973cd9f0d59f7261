package import ArgumentParser
internal import Glibc
internal import TextStreams

/// The option `-j N`: how many threads to use; the output never depends on it.
package struct JobsOption: ParsableArguments {
  @Option(
    name: [.customShort("j", allowingJoined: true), .customLong("threads")],
    help: ArgumentHelp(
      "Use this many threads (default: as many as there are cores).", valueName: "n"))
  package var requestedJobs: Int?

  package init() {}

  package func validate() throws {
    guard let requestedJobs, !(1...1024).contains(requestedJobs) else { return }
    throw ValidationError("-j takes a number from 1 to 1024, not \(requestedJobs)")
  }

  /// The number of threads to use.
  package var jobs: Int { requestedJobs ?? availableCores() }
}

/// Returns how many cores this process may run on, `taskset` and containers considered.
package func availableCores() -> Int {
  allowedCores() ?? max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1)
}

/// Reads the mask of cores from `/proc`, as Swift does not see `sched_getaffinity(2)`.
private func allowedCores() -> Int? {
  guard let file = try? InputFile(path: "/proc/self/status") else { return nil }
  var lines = LineReader(file, capacity: 4096)
  let key = Array("Cpus_allowed:".utf8)
  while let line = try? lines.next() {
    guard line.starts(with: key) else { continue }
    let mask = String(decoding: line.dropFirst(key.count), as: UTF8.self)
    let count = mask.reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
    return count > 0 ? count : nil
  }
  return nil
}
