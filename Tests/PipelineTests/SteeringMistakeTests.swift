import Testing

/// What generate says of options that steer the text and are wrong.
@Suite struct SteeringMistakeTests {
  @Test(arguments: [
    ("--prefix ''", "--prefix"), ("--stop ''", "--stop"), ("--acrostic ''", "--acrostic"),
    ("--verse 7,x", "--verse"), ("--verse 0,7", "clauses of 1 to 1000 characters"),
    ("--sentences 9223372036854775807", "--sentences takes a number from 1 to 1000000000"),
    ("--paragraphs 1000000001", "--paragraphs"), ("--characters 1000000001", "--characters"),
    ("--acrostic ' '", "--acrostic takes text, not white space alone"),
    ("--characters 0", "--characters"),
    ("--paragraphs 0", "--paragraphs"), ("--sentences 0", "--sentences"),
    ("--lines --paragraphs 2", "--paragraphs"), ("--lines --characters 2", "--characters"),
    ("--lines --acrostic 话本", "--acrostic"), ("--prefix 沈 --acrostic 话本", "'话'"),
    ("--acrostic 话本 --sentences 1", "--sentences allows 1"),
    ("--prefix $'a\\nb'", "line feed"), ("--prefix 沈， --verse 7", "--prefix"),
    ("--acrostic ， --verse 7", "--acrostic"), ("--force bias --prefix 沈", "leave out --prefix"),
    ("--force bias --sentences 2", "--force"), ("--force bias --stop x", "--force"),
    ("--bias bias --prefix 沈青山", "--bias"), ("--bias bias --acrostic 龘", "--bias"),
    ("--bias bias --dictionary names", "--dictionary"), ("--stop 青 --prefix 沈青", "--stop"),
    ("--verse 2 --dictionary names", "--verse"),
    ("--bias - --dictionary -", "--dictionary and --bias cannot both"),
    ("--bias - -", "the prompts and --bias cannot both"), ("-i --prefix 沈", "--prefix"),
    ("-i --stop 沈", "--stop"),
    ("-i --characters 9", "--characters"), ("-i --dictionary names", "--dictionary"),
    ("-i --acrostic 沈", "--acrostic"), ("-i --force bias", "--force"),
    ("--stop 话 --acrostic 说话", "a character of --acrostic has '话' in it, before which --stop ends"),
    (
      "--stop 青 --dictionary names",
      "a name of --dictionary has '青' in it, before which --stop ends"
    ),
    ("--stop $'a\\nb'", "--stop takes text of one sentence, which has no line feed"),
    ("--acrostic $'a\\nb'", "--acrostic takes text of one sentence, which has no line feed"),
    ("--n-best 2 --lines --stop x", "leave out --stop or --n-best"),
    ("--force bias --acrostic 沈", "--force leaves nothing open; leave out --acrostic"),
    ("--force bias --verse 7", "--force leaves nothing open; leave out --verse"),
    ("--force bias --bias bias", "--force leaves nothing open; leave out --bias"),
    ("--force bias --dictionary names", "--force leaves nothing open; leave out --dictionary"),
    ("--force bias --characters 9", "--force says how long passages are; leave out --characters"),
    ("--force bias --paragraphs 9", "--force says how long passages are; leave out --paragraphs"),
    ("--force - -", "standard input"), ("--dictionary - -", "standard input"),
  ])
  func contradictionsAreRefused(options: String, part: String) throws {
    let outcome = try steer(options, files: ["bias": "龘 ban\n青山 ban\n", "names": "沈青山\n"])
    outcome.expectFailure(64, "generate", saying: part)
  }

  @Test func wrongFilesAreNamedByTheirPlace() throws {
    for (option, text, place) in [
      ("--bias", "沈青 1\n的\tx\n", "file:2:5: expected a bias"),
      ("--dictionary", "沈青\na\\q\n", "file:2:2: bad escape"),
      ("--dictionary", "沈青 3 nr\nMary Ann\n", "file:2:6: expected a weight, found 'Ann'; a space"),
      ("--lines --force", "沈 青\n沈  青\n", "file:2:5: empty token"),
      ("--lines --force", "沈 青\r\n", "file:1:8: carriage return"),
      ("--force", "", "file:1: ends before the prompts do"),
      ("--dictionary", "沈青\na\\tb\n", "file:2:1: a name with a control character"),
      ("--bias", "沈青 1\na\\u{A}b 1\n", "file:2:1: a line feed, which no sentence has"),
      ("--bias", "沈青\n", "file:1:7: expected a bias behind the word"),
    ] {
      try steer("\(option) file", files: ["file": text])
        .expectFailure(65, "generate", saying: place)
      try steer("\(option) none").expectFailure(66, "generate", saying: "none: ")
    }
  }
}
