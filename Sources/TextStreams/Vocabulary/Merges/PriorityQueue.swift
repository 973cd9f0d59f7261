/// A binary heap: the element that precedes all others comes out first.
///
/// The order is given with each call, as it may depend on what the elements stand for; it has to be
/// the same in all of them.
struct PriorityQueue<Element> {
  private var elements: [Element] = []

  /// Adds an element.
  mutating func insert(_ element: Element, by precedes: (Element, Element) -> Bool) {
    elements.append(element)
    var child = elements.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard precedes(elements[child], elements[parent]) else { return }
      elements.swapAt(child, parent)
      child = parent
    }
  }

  /// Removes the first element and returns it; `nil` if there is none.
  mutating func removeFirst(by precedes: (Element, Element) -> Bool) -> Element? {
    guard let last = elements.popLast() else { return nil }
    guard let first = elements.first else { return last }
    elements[0] = last
    var parent = 0
    while true {
      var least = parent
      for child in 2 * parent + 1...2 * parent + 2
      where child < elements.count && precedes(elements[child], elements[least]) {
        least = child
      }
      guard least != parent else { return first }
      elements.swapAt(least, parent)
      parent = least
    }
  }
}
