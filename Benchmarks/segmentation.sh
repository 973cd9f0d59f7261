#!/bin/bash
# Words against a gold segmentation: ICU's own iterator, tokenize, and jieba.
#
#     Benchmarks/segmentation.sh [RAW GOLD]...
#
# RAW is a text and GOLD the same with a space between words, a sentence a line. Prints precision,
# recall and F1 in percent. For the rows with a dictionary every other line is cut with the words of
# the lines between, which the gold has and the text does not show, and then the other way round;
# jieba is given the same words beside its own. jieba (PyPI) is run by $PYTHON (python3).
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C
PATH=$PWD/.build/release:$PATH
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ $# -eq 0 ]; then
  data=../shared/data/seg
  set -- $data/zh_gsdsimp-ud-test.{raw,seg}.txt $data/lzh_kyoto-ud-test.{raw,seg}.txt
fi
cc -O2 -o "$work/bare-words" Benchmarks/bare-words.c -licuuc

# words [OPTION...]: a line of words for each line of text
words() {
  tokenize "$@" | sed 's/▁//g' | awk 'NF { line = line sep $0; sep = " "; next } { print line; line = sep = "" }'
}
# jieba [DICTIONARY]
jieba() {
  "$python" - "$@" 2> "$work/log" <<'PYTHON'
import sys, jieba
if len(sys.argv) > 2: jieba.load_userdict(sys.argv[2])
for line in open(sys.argv[1], encoding="utf-8"):
    print(" ".join(word for word in jieba.cut(line.strip()) if word.strip()))
PYTHON
}
row() { printf '%s\t%s\t%s\n' "$1" "$2" "$(awk -f Benchmarks/segmentation.awk "$3" "$4")"; }

printf '# %s, jieba %s\n' "$(tokenize --version)" "$("$python" -c 'import jieba; print(jieba.__version__)' 2> "$work/log")"
printf '# text\tcut by\tprecision\trecall\tF1\n'
while [ $# -gt 0 ]; do
  raw=$1 gold=$2 name=$(basename "$1" .raw.txt)
  shift 2
  "$work/bare-words" -p "$raw" > "$work/icu"
  words < "$raw" > "$work/tokenize"
  jieba "$raw" > "$work/jieba"
  for half in 0 1; do
    awk -v half=$half 'NR % 2 == half' "$raw" > "$work/raw.$half"
    # What has three bytes or fewer is one character, which cannot be torn, or Latin.
    awk -v half=$half 'NR % 2 != half { for (i = 1; i <= NF; i++) if (length($i) > 3) count[$i]++ }
      END { for (word in count) print word "\t" count[word] }' "$gold" | sort > "$work/words.$half"
    words --dictionary "$work/words.$half" < "$work/raw.$half" > "$work/tokenize.$half"
    # jieba makes up better counts than those of so few lines, which would take the place of its own.
    cut -f 1 "$work/words.$half" > "$work/userdict"
    jieba "$work/raw.$half" "$work/userdict" > "$work/jieba.$half"
  done
  for tool in tokenize jieba; do
    paste -d '\n' "$work/$tool.1" "$work/$tool.0" | head -n "$(wc -l < "$raw")" > "$work/$tool-dictionary"
  done
  row "$name" ICU "$gold" "$work/icu"
  row "$name" tokenize "$gold" "$work/tokenize"
  row "$name" jieba "$gold" "$work/jieba"
  row "$name" 'tokenize --dictionary' "$gold" "$work/tokenize-dictionary"
  row "$name" 'jieba with the dictionary' "$gold" "$work/jieba-dictionary"
done
