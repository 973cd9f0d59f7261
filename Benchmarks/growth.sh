#!/bin/bash
# Time and memory against the size of the corpus, the vocabulary, the sentences and the batch.
#
#     Benchmarks/growth.sh FILE...      UTF-8 text, some thirty megabytes
#
# Writes Benchmarks/runs/growth.tsv (what, size, seconds, KiB) and draws Benchmarks/growth.svg.
# Needs GNU time and gnuplot (Debian: time, gnuplot-nox). Run it on an idle machine.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PWD/.build/release:$PATH
rows=Benchmarks/runs/growth.tsv
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf 'what\tsize\tseconds\tKiB\n' > "$rows"

# timed WHAT SIZE COMMAND...
timed() {
  /usr/bin/time -f '%e\t%M' -o "$work/time" "${@:3}" > "$work/out" 2> "$work/err"
  printf '%s\t%s\t%s\n' "$1" "$2" "$(tail -n 1 "$work/time")" | tee -a "$rows"
}

cat -- "$@" > "$work/all"
for _ in 1 2 3 4; do cat "$work/all"; done > "$work/text"
for megabytes in 1 10 100; do
  # Whole lines, so that no character is cut.
  head -c $((megabytes * 1000000)) "$work/text" | sed '$d' > "$work/part"
  for jobs in 1 2; do timed "tokenize -j $jobs" $megabytes tokenize -j $jobs "$work/part"; done
  tokenize -o "$work/tok" "$work/part"
  timed vocab $megabytes vocab "$work/tok"
  vocab --min-count 3 -o "$work/vocab" "$work/tok" 2> "$work/err"
  timed 'vocab encode' $megabytes vocab encode -v "$work/vocab" "$work/tok"
  vocab encode -v "$work/vocab" -o "$work/ids" "$work/tok" 2> "$work/err"
  timed 'vocab decode' $megabytes vocab decode "$work/ids"
  timed detok $megabytes detok "$work/tok"
done

# Of training, the time of an update, of which there are eleven.
update() {
  timed "$1" "$2" train --benchmark "${@:3}"
  seconds=$(awk -F '\t' '{ print $2 / 1000 }' "$work/out")
  sed -i "\$s/\t[^\t]*\t\([^\t]*\)\$/\t$seconds\t\1/" "$rows"
}
for v in 5000 10000 20000 50000 100000 200000; do
  update 'train, vocabulary' $v --vocab-size $v --mini-batch 32
done
for length in 10 25 50 100 200 500; do
  update 'train, sentence length' $length --max-length $length --vocab-size 6000 --mini-batch 16
done
for batch in 8 16 32 64 128 256; do
  update 'train, batch' $batch --vocab-size 6000 --mini-batch $batch
done
gnuplot -c Benchmarks/growth.gnuplot "$rows" Benchmarks/growth.svg
