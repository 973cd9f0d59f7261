import Kernels
import Seq2Seq
import Testing

/// Expects that gradients agree with central differences of what they are the gradients of.
///
/// Four points: their error falls with the fourth power of the step, so that a step large enough to
/// drown rounding can be taken.
///
/// - Parameters:
///   - gradients: The gradients.
///   - model: The model.
///   - arrays: The beginnings of the names of the arrays that are checked.
///   - objective: Computes what the gradients should be those of.
func expectDifferences(
  _ gradients: ParameterBuffer<Double>, of model: Seq2Seq<Double>, arrays: [String],
  of objective: () -> Double
) {
  let step = 1e-3
  func value(moving index: Int, by distance: Double) -> Double {
    let value = model.parameters.elements[index]
    defer { model.parameters.elements[index] = value }
    model.parameters.elements[index] = value + distance
    return objective()
  }
  let entries = model.parameters.list.entries.filter { entry in
    arrays.contains { entry.name.hasPrefix($0) }
  }
  #expect(!entries.isEmpty)
  for entry in entries {
    var largest = 0.0
    for place in stride(from: 0, to: entry.count, by: max(1, entry.count / 20)) {
      let index = entry.offset + place
      let near = value(moving: index, by: step) - value(moving: index, by: -step)
      let far = value(moving: index, by: 2 * step) - value(moving: index, by: -2 * step)
      let difference = (8 * near - far) / (12 * step)
      let gradient = gradients.elements[index]
      let error = abs(gradient - difference) / max(abs(gradient), abs(difference), 1e-5)
      #expect(error < 1e-6, "\(entry.name)[\(place)]")
      largest = max(largest, abs(gradient))
    }
    #expect(largest > 1e-6, "no gradient reaches \(entry.name)")
  }
}
