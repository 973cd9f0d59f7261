import Kernels
import ToolSupport

/// Where the time of all threads went, as lines on standard error.
struct ActivityTable {
  private let seconds: [Activity: Double]

  init(_ seconds: [Activity: Double]) { self.seconds = seconds }

  /// Prints a row for each activity: its seconds and its share.
  func complain() {
    let total = seconds.values.reduce(0, +)
    for activity in Activity.allCases {
      let time = seconds[activity] ?? 0
      complain(activity.title, time, of: total)
    }
    complain("all threads", total, of: total)
  }

  private func complain(_ title: String, _ time: Double, of total: Double) {
    let name = title + String(repeating: " ", count: 24 - title.count)
    let share = fixed(100 * time / max(total, 1e-9), 1)
    Train.complain(name + padded(fixed(time, 2), 9) + " s" + padded(share, 7) + " %")
  }

  private func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}

extension Activity {
  fileprivate var title: String {
    switch self {
    case .forwardProducts: "products, forward"
    case .backwardProducts: "products, backward"
    case .weightProducts: "products, weights"
    case .packing: "packing of weights"
    case .gates: "gates"
    case .attention: "attention"
    case .softmax: "softmax and loss"
    case .embedding: "embedding and dropout"
    case .reduction: "sums over rows"
    case .optimizer: "optimiser"
    case .waiting: "waiting"
    case .other: "everything else"
    }
  }
}
