#!/bin/sh
# Compares tokenize with a bare C loop over ICU's word iterator.
#
#   Benchmarks/tokenize.sh [file ...]
#
# By turns, five times each; prints every row and then the medians, in MB/s. The
# times of tokenize are those of the whole process, start and output included.
set -eu
export LC_ALL=C
here=$(dirname "$0")
tools=${TOOLS:-$here/../.build/release}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
if [ $# -eq 0 ]; then set -- "$here"/../../shared/data/novels/*.txt; fi
cat -- "$@" > "$scratch/text"
size=$(wc -c < "$scratch/text")
cc -O2 -o "$scratch/bare-words" "$here/bare-words.c" -licuuc

# seconds COMMAND...: how long a command takes
seconds() {
  begin=$(date +%s.%N)
  "$@" > "$scratch/out"
  echo "$begin $(date +%s.%N)" | awk '{ printf "%.4f\n", $2 - $1 }'
}

row() {
  echo "$1 $2" | awk -v size="$size" '{ printf "%s\t%.4f s\t%.1f MB/s\n", $1, $2, size / $2 / 1e6 }' \
    | tee -a "$scratch/rows"
}

echo "# $size bytes, $("$tools/tokenize" --version)"
for _ in 1 2 3 4 5; do
  row bare "$("$scratch/bare-words" "$scratch/text" 2>> "$scratch/log")"
  row tokenize-j1 "$(seconds "$tools/tokenize" -j 1 "$scratch/text")"
  row tokenize-j2 "$(seconds "$tools/tokenize" -j 2 "$scratch/text")"
  "$tools/tokenize" "$scratch/text" > "$scratch/tokens"
  row detok "$(seconds "$tools/detok" "$scratch/tokens")"
done
echo "# medians; detok is per byte of text"
for name in bare tokenize-j1 tokenize-j2 detok; do
  grep "^$name	" "$scratch/rows" | sort -t '	' -k 2n | sed -n 3p
done
