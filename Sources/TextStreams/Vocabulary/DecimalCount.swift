/// Returns the number that decimal digits, and nothing else, make.
func decimalCount(_ digits: Slice<UnsafeRawBufferPointer>) -> Int? {
  guard !digits.isEmpty else { return nil }
  var value = 0
  for digit in digits {
    guard digit >= 0x30, digit <= 0x39 else { return nil }
    let (scaled, isTooLarge) = value.multipliedReportingOverflow(by: 10)
    let (sum, isOverflow) = scaled.addingReportingOverflow(Int(digit) - 0x30)
    guard !isTooLarge, !isOverflow else { return nil }
    value = sum
  }
  return value
}
