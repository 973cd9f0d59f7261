import Glibc
import Seq2Seq
import Testing

/// Lines of ids for tests; an empty one ends a paragraph.
func pairs(
  _ documents: [[[UInt32]]], maximumLength: Int = PairList.unlimited, contextSentences: Int = 1
) -> PairList {
  let text = RunningText()
  for line in documents.joined() {
    line.forEach(text.append)
    text.endLine()
  }
  // Made here and not by the text, for the sake of the greatest length.
  var list = PairList(
    maximumLength: maximumLength, owner: text, contextSentences: contextSentences)
  var line = 0
  for document in documents {
    list.startDocument()
    for _ in document {
      list.append(text[line])
      line += 1
    }
  }
  return list
}

/// All pairs of a list as arrays.
func contents(_ list: PairList) -> [[[UInt32]]] {
  (0..<list.count).map { number in
    var batch = Batch()
    list.append(pair: number, to: &batch)
    return [batch.sources.ids, batch.targets.ids]
  }
}

/// A small text file's content.
func contentsOfFile(_ path: String) throws -> String {
  let file = try #require(fopen(path, "r"), "\(path) is missing")
  defer { fclose(file) }
  var bytes: [UInt8] = []
  while true {
    let byte = fgetc(file)
    guard byte >= 0 else { return String(decoding: bytes, as: UTF8.self) }
    bytes.append(UInt8(byte))
  }
}
