#!/bin/bash
# Start-up of every tool, and the speed and memory of those that count and encode.
#
#     Benchmarks/tools.sh FILE...      UTF-8 text, some ten megabytes or more
#
# Needs hyperfine and GNU time (Debian: hyperfine, time). Run it on an idle machine.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH=$PWD/.build/release:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for tool in tokenize vocab train generate score detok; do
  hyperfine -N --warmup 5 --export-csv "$work/csv" "$tool --version" > "$work/out" 2>&1
  awk -F, -v tool=$tool 'NR == 2 { printf "%s --version\t%.1f ms\n", tool, $4 * 1000 }' "$work/csv"
done

cat -- "$@" > "$work/text"
tokenize -o "$work/tok" "$work/text"
vocab --min-count 3 -o "$work/vocab" "$work/tok" 2> "$work/out"
vocab encode -v "$work/vocab" -o "$work/ids" "$work/tok" 2> "$work/out"
size=$(wc -c < "$work/tok")
printf 'token lines\t%d bytes\n' "$size"
count='{for(i=1;i<=NF;i++)c[$i]++}END{for(w in c)print w"\t"c[w]}'
export LC_ALL=C
hyperfine -N --warmup 1 --runs 5 --export-csv "$work/csv" --output null \
  -n vocab "vocab $work/tok" -n mawk "mawk '$count' $work/tok" -n 'wc -w' "wc -w $work/tok" \
  -n 'vocab encode' "vocab encode -v $work/vocab $work/tok" \
  -n 'vocab decode' "vocab decode $work/ids" -n detok "detok $work/tok" > "$work/out" 2>&1
awk -F, -v size="$size" \
  'NR > 1 { printf "%s\t%.3f s\t%.0f MB/s\n", $1, $4, size / $4 / 1e6 }' "$work/csv"

# Peak memory; a line of 100 MB has no line feed at all.
peak() { /usr/bin/time -f "$1\t%M KiB" "${@:2}" > /dev/null 2> "$work/err"; tail -n 1 "$work/err"; }
peak 'tokenize, text' tokenize "$work/text"
tr -d '\n' < "$work/text" | head -c 100000000 > "$work/line"
peak 'tokenize, one line' tokenize --invalid escape "$work/line"
peak 'detok' detok "$work/tok"
peak 'vocab' vocab "$work/tok"
# Millions of different tokens, all of which are kept; the memory is the option's.
{ seq 1 12000000; seq -f 'prefix-%.0f' 1 3000000; } > "$work/many"
for memory in 8G 512M 64M 2M; do peak "vocab -S $memory, 15 million types" vocab -S $memory "$work/many"; done
peak 'vocab encode' vocab encode -v "$work/vocab" "$work/tok"
peak 'vocab decode' vocab decode "$work/ids"
