#!/bin/bash
# Compares tokenize with a bare C loop over ICU's word iterator, and with jieba, rjieba and
# SentencePiece.
#
#     Benchmarks/tokenize.sh [FILE]...
#
# By turns, five times each; prints every row and then the medians, in MB/s of text. The times of
# our tools are those of the whole process, start and output included; those of the others are of
# their loops over the lines, on one core, without start and output. The dictionary has the 100,000
# commonest words of more than one character that jieba comes with; another has a hundred words. jieba cuts the first 4 MB. SentencePiece cuts by a unigram model of
# 8,000 pieces that is trained on 5,000 lines of the text. The three (PyPI) are run by $PYTHON
# (python3). In the end comes the memory that tokenize takes for the text, and for a single line of
# 300 MB (needs GNU time). Run it on an idle machine.
set -euo pipefail
export LC_ALL=C
here=$(dirname "$0")
tools=${TOOLS:-$here/../.build/release}
python=${PYTHON:-python3}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ $# -eq 0 ]; then set -- "$here"/../../shared/data/novels/*.txt; fi
cat -- "$@" > "$scratch/text"
size=$(wc -c < "$scratch/text")
cc -O2 -o "$scratch/bare-words" "$here/bare-words.c" -licuuc

"$tools/tokenize" "$scratch/text" > "$scratch/tokens"
"$python" -c 'import jieba; print(jieba.get_dict_file().name)' 2> "$scratch/log" > "$scratch/path"
awk 'length($1) > 3 { print $1 "\t" $2 }' "$(cat "$scratch/path")" |
  sort -t '	' -k 2,2nr -k 1,1 | sed -n 1,100000p > "$scratch/dictionary"
# Words that come some hundred times, as names do.
tr ' ' '\n' < "$scratch/tokens" | awk 'length($0) > 5 && /^[\344-\351]/ { count[$0]++ }
  END { for (word in count) print word "\t" count[word] }' | sort -t '	' -k 2,2nr -k 1,1 |
  sed -n 301,400p > "$scratch/small"
"$python" - "$scratch" 2> "$scratch/log" <<'PYTHON' || { tail -n 3 "$scratch/log" >&2; exit 1; }
import sentencepiece, sys
sentencepiece.SentencePieceTrainer.train(
    input=sys.argv[1] + "/text", model_prefix=sys.argv[1] + "/pieces", vocab_size=8000,
    input_sentence_size=5000, shuffle_input_sentence=True, num_threads=2)
PYTHON

# seconds COMMAND...: how long a command takes
seconds() {
  begin=$(date +%s.%N)
  "$@" > "$scratch/out"
  echo "$begin $(date +%s.%N)" | awk '{ printf "%.4f\n", $2 - $1 }'
}

# row NAME SECONDS [BYTES]
row() {
  echo "$2 ${3:-$size}" | awk -v name="$1" '{
    printf "%s\t%.4f s", name, $1
    if ($2 > 0) printf "\t%.1f MB/s", $2 / $1 / 1e6
    print ""
  }' | tee -a "$scratch/rows"
}

# peer NAME [BYTES]: seconds that another program takes for the text, or its first bytes
peer() {
  head -c "${2:-$size}" "$scratch/text" > "$scratch/part"
  "$python" - "$1" "$scratch/part" "$scratch/pieces.model" 2> "$scratch/log" <<'PYTHON'
import sys, time
name, path, model = sys.argv[1:]
lines = open(path, encoding="utf-8", errors="ignore").read().split("\n")
if name == "jieba":
    import jieba
    jieba.initialize()
    cut = jieba.cut
elif name == "rjieba":
    import rjieba
    cut = rjieba.cut
else:
    import sentencepiece
    cut = sentencepiece.SentencePieceProcessor(model_file=model).encode
list(cut(lines[0]))
start = time.perf_counter()
count = 0
for line in lines:
    for _ in cut(line):
        count += 1
print("%.4f" % (time.perf_counter() - start))
PYTHON
}

echo "# $size bytes, $("$tools/tokenize" --version), $(wc -l < "$scratch/dictionary") words"
"$python" -c 'from importlib.metadata import version
print("#", ", ".join(n + " " + version(n) for n in ("jieba", "rjieba", "sentencepiece")))'
for _ in 1 2 3 4 5; do
  row bare "$("$scratch/bare-words" "$scratch/text" 2>> "$scratch/log")"
  row tokenize-j1 "$(seconds "$tools/tokenize" -j 1 "$scratch/text")"
  row tokenize-j2 "$(seconds "$tools/tokenize" -j 2 "$scratch/text")"
  row small-j1 "$(seconds "$tools/tokenize" -j 1 --dictionary "$scratch/small" "$scratch/text")"
  row dictionary-j1 \
    "$(seconds "$tools/tokenize" -j 1 --dictionary "$scratch/dictionary" "$scratch/text")"
  row dictionary-j2 \
    "$(seconds "$tools/tokenize" -j 2 --dictionary "$scratch/dictionary" "$scratch/text")"
  row detok "$(seconds "$tools/detok" "$scratch/tokens")"
  row dictionary-load "$(seconds "$tools/tokenize" --dictionary "$scratch/dictionary" /dev/null)" 0
  row jieba "$(peer jieba 4000000)" 4000000
  row rjieba "$(peer rjieba)"
  row sentencepiece "$(peer sentencepiece)"
done
echo "# medians; detok is per byte of text, dictionary-load reads no text"
for name in bare tokenize-j1 tokenize-j2 small-j1 dictionary-j1 dictionary-j2 detok \
  dictionary-load jieba rjieba sentencepiece; do
  grep "^$name	" "$scratch/rows" | sort -t '	' -k 2n | sed -n 3p
done

peak() { /usr/bin/time -f "$1\t%M KiB" "${@:2}" > /dev/null 2> "$scratch/err"; tail -n 1 "$scratch/err"; }
echo "# peak memory with two threads"
while cat "$scratch/text"; do :; done 2> "$scratch/log" | tr -d '\n' | head -c 300000000 > "$scratch/line" || :
peak text "$tools/tokenize" -j 2 "$scratch/text"
peak text-dictionary "$tools/tokenize" -j 2 --dictionary "$scratch/dictionary" "$scratch/text"
peak line "$tools/tokenize" -j 2 --invalid escape "$scratch/line"
peak line-dictionary "$tools/tokenize" -j 2 --invalid escape --dictionary "$scratch/dictionary" \
  "$scratch/line"
