import Testing

/// The kinds of picture, each with a file of its name that it is drawn of.
enum PlotPictures {
  static let inputs: [(picture: String, text: String)] = [
    ("attention", "\t却\t说\n道\t0.25\t0.75\n"),
    ("curves", "seconds\tupdates\tvalid_bits_per_char\n1\t2\t7\n2\t4\t6\n"),
    ("surprise", "line\tplace\ttoken\tnats\n1\t1\t却\t1.5\n"),
  ]
}

/// Runs a test for each picture that can be drawn here, in a directory with the files for all.
func withPictures(_ body: (Workplace, _ picture: String) throws -> Void) throws {
  for (picture, _) in PlotPictures.inputs where picture != "curves" || Tools.have("gnuplot") {
    try withWorkplace { place in
      for (name, text) in PlotPictures.inputs { place.write(text, to: name) }
      try body(place, picture)
    }
  }
}
