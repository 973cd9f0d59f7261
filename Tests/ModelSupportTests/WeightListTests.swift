import ArgumentParser
import ModelSupport
import Testing

@Suite("Shares of models on the command line")
struct WeightListTests {
  @Test(
    "Numbers are divided by their sum",
    arguments: [
      ("1", [1]), ("0.5,0.5", [0.5, 0.5]), ("3,1", [0.75, 0.25]), ("1,0", [1, 0]),
      ("1e308,1e308", [0.5, 0.5]), (".5,1.5", [0.25, 0.75]), ("5e-324,0", [1, 0]),
    ] as [(String, [Double])])
  func shares(text: String, shares: [Double]) {
    #expect(WeightList(argument: text)?.shares == shares)
  }

  @Test(
    "What is no list of shares",
    arguments: [
      "", ",", "1,", ",1", "0", "0,0", "-1,2", "a", "nan,1", "inf,1", "0x1,1", "1;2", "1 ,2",
      "1e999",
      "٣",
    ])
  func refused(text: String) {
    #expect(WeightList(argument: text) == nil)
  }

  @Test("A share for each model and no other")
  func counts() throws {
    #expect(try EnsembleOptions.parse([]).model.isEmpty)
    #expect(try EnsembleOptions.parse(["-m", "a", "-m", "b"]).model == ["a", "b"])
    #expect(
      try EnsembleOptions.parse(["-m", "a", "-m", "b", "--weights", "3,1"]).weights?.shares
        == [0.75, 0.25])
    for arguments in [
      ["-m", "a", "--weights", "1,1"], ["-m", "a", "-m", "b", "--weights", "1"],
      ["--weights", "1"],
    ] {
      #expect(throws: (any Error).self, "\(arguments)") { try EnsembleOptions.parse(arguments) }
    }
  }
}
