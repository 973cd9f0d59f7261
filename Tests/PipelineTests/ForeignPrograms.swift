/// Programs of other makers that take the place of a tool.
///
/// They follow huaben-formats(5) and know nothing of the tools.
enum ForeignPrograms {
  /// Cuts text without need of escapes into characters, a paragraph a sentence.
  static let sedTokenizer = "sed '/^$/!{s/ /▁/g; s/./& /g; s/ $//; G}'"

  /// Makes text of token lines that have no escapes and no byte tokens.
  static let sedDetokenizer = "sed 's/^$/@@/' | tr -d ' \\n' | sed 's/@@/\\n/g; s/▁/ /g'"

  /// Cuts any text into words and single characters.
  static let pythonTokenizer = #"""
    import re, sys

    def escape(token):
        if re.fullmatch(r"<(pad|unk|s|/s|p|0x[0-9A-F]{2})>", token):
            return r"\u{3C}" + token[1:]
        return token

    def unit(c):
        if c in "\\\t\r":
            return {"\\": r"\\", "\t": r"\t", "\r": r"\r"}[c]
        seen = c not in "\u180e\u200b\u2581\ufeff" and not c.isspace()
        return c if seen and not 0x7f <= ord(c) < 0xa0 and c >= " " else r"\u{%X}" % ord(c)

    text = sys.stdin.buffer.read().decode()
    paragraphs = text.split("\n")
    for number, paragraph in enumerate(paragraphs):
        words = re.findall(r" ?(?:<[a-z/]+>|[A-Za-z]+|[^ ])| ", paragraph)
        units = lambda s: "".join(map(unit, s))
        tokens = ["▁" + units(w[1:]) if w[0] == " " else escape(units(w)) for w in words]
        if tokens:
            print(" ".join(tokens))
        if number + 1 < len(paragraphs):
            print()
    """#

  /// Reads token lines and writes the vocabulary of all their tokens.
  static let awkVocabulary = #"""
    {
      awk 'NF { s++; open = 1 } !NF { p += open; open = 0 } END {
        printf "<pad>\t0\n<unk>\t0\n<s>\t0\n</s>\t%d\n<p>\t%d\n", s, p
        for (i = 0; i < 256; i++) printf "<0x%02X>\t0\n", i }' tokens
      tr ' ' '\n' < tokens | grep . | LC_ALL=C sort | uniq -c |
        LC_ALL=C sort -k1,1nr -k2,2 | awk '{ print $2 "\t" $1 }'
    }
    """#

  /// Reads an id stream, holds its checksums and totals to account, and writes its token lines.
  static let pythonReader = #"""
    import struct, sys, zlib

    stream = sys.stdin.buffer
    assert stream.read(8) == b"\x89HBI\r\n\x1a\n", "magic"
    tokens, number, documents, lines, ids, goes_on = [], 0, 0, 0, 0, False
    while True:
        tag, size, crc, block = struct.unpack("<4sIII", head := stream.read(16))
        payload = stream.read(size)
        assert crc == zlib.crc32(head[:8] + head[12:] + payload) and block == number, number
        number += 1
        if tag == b"HEAD":
            version, size = struct.unpack_from("<II", payload)
            assert version == 1 and size <= len(payload) - 8 < size + 4
            tokens = [row.split("\t")[0] for row in payload[8 : 8 + size].decode().split("\n")]
        elif tag == b"DOCU":
            documents += 1
        elif tag == b"SENT":
            n, m, flags = struct.unpack_from("<III", payload)
            lengths = struct.unpack_from(f"<{n}I", payload, 12)
            block = struct.unpack_from(f"<{m}I", payload, 12 + 4 * n)
            assert sum(lengths) == m and len(payload) == 12 + 4 * (n + m)
            for i, length in enumerate(lengths):
                text = " ".join(tokens[k] for k in block[:length])
                sys.stdout.write((" " if goes_on and text else "") + text)
                goes_on, block = i + 1 == n and flags == 1, block[length:]
                sys.stdout.write("" if goes_on else "\n")
            lines, ids = lines + n - flags, ids + m
        else:
            assert tag == b"END." and struct.unpack("<QQQ", payload) == (documents, lines, ids)
            assert stream.read() == b"", "something follows the end"
            break
    print(documents, lines, ids, number, file=sys.stderr)
    """#

  /// Reads a vocabulary and token lines that are all in it, and writes an id stream.
  static let pythonWriter = #"""
    import struct, sys, zlib

    text = open(sys.argv[1], "rb").read()
    row = {line.split(b"\t")[0]: i for i, line in enumerate(text.split(b"\n")[:-1])}
    number = 0

    def record(tag, payload=b""):
        global number
        payload += bytes(-len(payload) % 4)
        crc = zlib.crc32(tag + struct.pack("<II", len(payload), number) + payload)
        sys.stdout.buffer.write(tag + struct.pack("<III", len(payload), crc, number) + payload)
        number += 1

    sys.stdout.buffer.write(b"\x89HBI\r\n\x1a\n")
    record(b"HEAD", struct.pack("<II", 1, len(text)) + text)
    line_count = id_count = 0
    for path in sys.argv[2:]:
        record(b"DOCU")
        lines = [[row[t] for t in l.split()] for l in open(path, "rb").read().split(b"\n")[:-1]]
        ids = sum(lines, [])
        record(b"SENT", struct.pack(f"<III{len(lines)}I{len(ids)}I", len(lines), len(ids), 0,
                                    *map(len, lines), *ids))
        line_count, id_count = line_count + len(lines), id_count + len(ids)
    record(b"END.", struct.pack("<QQQ", len(sys.argv) - 2, line_count, id_count))
    """#
}
