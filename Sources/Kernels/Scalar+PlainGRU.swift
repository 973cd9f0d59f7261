extension Scalar {
  /// Computes the gates of a gated recurrent unit and what its candidate is made of.
  ///
  ///     r = σ(gates_r + sums_r),  z = σ(gates_z + sums_z)
  ///     candidate = [extra ; r∘h]
  ///
  /// `gates` is B×3H, the blocks [r z n] side by side: r and z become their values. `sums` is
  /// B×2H, `joint` is [extra ; h], B×(X+H), like `candidate`.
  ///
  /// Source: Cho et al. (2014), equations 5 and 6.
  package static func gruGatesForward(
    rows: Int, extra: Int, hidden: Int, gates: UnsafeMutablePointer<Self>,
    sums: UnsafePointer<Self>, joint: UnsafePointer<Self>,
    candidate: UnsafeMutablePointer<Self>
  ) {
    for row in 0..<rows {
      let gate = gates + row * 3 * hidden
      let (from, to) = (joint + row * (extra + hidden), candidate + row * (extra + hidden))
      for x in 0..<extra { to[x] = from[x] }
      for unit in 0..<hidden {
        let r = sigmoid(gate[unit] + sums[row * 2 * hidden + unit])
        gate[unit] = r
        gate[hidden + unit] = sigmoid(
          gate[hidden + unit] + sums[row * 2 * hidden + hidden + unit])
        to[extra + unit] = r * from[extra + unit]
      }
    }
  }

  /// Computes the output of a gated recurrent unit.
  ///
  ///      n = tanh(gates_n + sums)
  ///     h′ = z∘h + (1 − z)∘n
  ///
  /// `sums` is B×H; n replaces its gate. `previous` is h, B×H, and `output` receives h′.
  ///
  /// Source: Cho et al. (2014), equations 7 and 8.
  package static func gruOutputForward(
    rows: Int, hidden: Int, gates: UnsafeMutablePointer<Self>, sums: UnsafePointer<Self>,
    previous: UnsafePointer<Self>, output: UnsafeMutablePointer<Self>
  ) {
    for row in 0..<rows {
      let gate = gates + row * 3 * hidden
      for unit in 0..<hidden {
        let n = hyperbolicTangent(gate[2 * hidden + unit] + sums[row * hidden + unit])
        gate[2 * hidden + unit] = n
        output[row * hidden + unit] =
          n + gate[hidden + unit] * (previous[row * hidden + unit] - n)
      }
    }
  }

  /// Takes the gradient of a loss back through ``gruOutputForward``.
  ///
  /// The gates z and n become the gradients of their sums; `dSums` receives that of n as well,
  /// B×H, and `dPrevious` the part of ∂loss/∂h that goes past the gates.
  package static func gruOutputBackward(
    rows: Int, hidden: Int, gates: UnsafeMutablePointer<Self>, previous: UnsafePointer<Self>,
    dOutput: UnsafePointer<Self>, dSums: UnsafeMutablePointer<Self>,
    dPrevious: UnsafeMutablePointer<Self>
  ) {
    for row in 0..<rows {
      let gate = gates + row * 3 * hidden
      for unit in 0..<hidden {
        let place = row * hidden + unit
        let (z, n, d) = (gate[hidden + unit], gate[2 * hidden + unit], dOutput[place])
        let dn = d * (1 - z) * (1 - n * n)
        gate[hidden + unit] = d * (previous[place] - n) * z * (1 - z)
        gate[2 * hidden + unit] = dn
        dSums[place] = dn
        dPrevious[place] = d * z
      }
    }
  }

  /// Takes the gradient of a loss back through ``gruGatesForward``.
  ///
  /// The gate r becomes the gradient of its sum; `dSums` receives those of r and z, B×2H. Of
  /// `dCandidate` the part of r∘h becomes that of h.
  package static func gruGatesBackward(
    rows: Int, extra: Int, hidden: Int, gates: UnsafeMutablePointer<Self>,
    joint: UnsafePointer<Self>, dCandidate: UnsafeMutablePointer<Self>,
    dSums: UnsafeMutablePointer<Self>
  ) {
    for row in 0..<rows {
      let gate = gates + row * 3 * hidden
      for unit in 0..<hidden {
        let place = row * (extra + hidden) + extra + unit
        let r = gate[unit]
        let dr = dCandidate[place] * joint[place] * r * (1 - r)
        dCandidate[place] *= r
        gate[unit] = dr
        dSums[row * 2 * hidden + unit] = dr
        dSums[row * 2 * hidden + hidden + unit] = gate[hidden + unit]
      }
    }
  }
}
