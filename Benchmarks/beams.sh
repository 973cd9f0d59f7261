#!/bin/bash
# What a beam costs beside the likeliest token each time, one prompt at a time and many together.
#
#     Benchmarks/beams.sh NOVEL MODEL...
#
# NOVEL is UTF-8 text; the prompts are 200 sentences spread over its last twentieth, which the models
# must not have been trained on. Times are of whole processes, the medians of RUNS (5), with the
# least and the most; tokens are those that are written. The table goes to Benchmarks/runs/beams.tsv.
# Needs hyperfine. Run it on an idle machine.
set -euo pipefail
cd "$(dirname "$0")/.."
novel=$1 runs=${RUNS:-5}
shift
PATH=$PWD/.build/release:$PATH
rows=Benchmarks/runs/beams.tsv
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

row() { (IFS=$'\t' && printf '%s\n' "$*" | tee -a "$rows"); }

tokenize -o "$work/tok" "$novel"
tail -n $(($(wc -l < "$work/tok") / 20)) "$work/tok" | awk '
  NF { line[n++] = $0 }
  END { for (k = 0; k < 200; k++) print line[int(k * n / 200)] }' > "$work/prompts"

: > "$rows"
row model options seconds least most tokens
for model; do
  ln -sf "$(realpath "$model")" "$work/model"
  for options in '--temperature 0 --mini-batch 1 -j 1' '--beam-size 5 --mini-batch 1 -j 1' \
    '--temperature 0 -j 2' '--beam-size 5 -j 2'; do
    command="generate -m $work/model --lines $options $work/prompts"
    tokens=$($command 2> "$work/log" | wc -w)
    hyperfine -N --warmup 1 --runs "$runs" --export-csv "$work/csv" --output null "$command" \
      > "$work/log" 2>&1
    times=$(awk -F , 'NR == 2 { printf "%.3f\t%.3f\t%.3f", $4, $7, $8 }' "$work/csv")
    row "$(basename "$model" .safetensors)" "$options" "$times" "$tokens"
  done
done
