import TestSupport
import Testing
import TextStreams

@testable import Cleaning

@Suite("The list of what was left out")
struct DropLogTests {
  @Test("A row has four columns, whatever is in them")
  func rows() throws {
    let rows = try written { writer in
      let log = try DropLog(writer: writer)
      try log.write(Array("a\tb\\c\rd".utf8), reason: .pageHeader, file: "x\ty\n", line: 7)
      try log.write([0xFF], reason: .rule, file: "z", line: 8)
    }
    let header = "file\tline\treason\ttext\n"
    let first = "x\\ty\\n\t7\tpage header\ta\\tb\\\\c\\rd\n"
    #expect(rows == Array("\(header)\(first)z\t8\trule\t".utf8) + [0xFF, 0x0A])
  }

  @Test("The summary counts by reason")
  func summary() throws {
    let text = """
      ***
      请收藏本站
      ---
      他说。请收藏本站。
      第 1 页
      第 2 页

      """
    #expect(
      try clean(text).reports == [
        "dropped 5 lines: 2 rules, 1 advertisement, 2 page numbers; removed 1 clause"
      ])
    #expect(try clean("他说。\n").reports == [])
  }
}
