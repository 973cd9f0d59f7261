#!/bin/bash
# Training speed beside the same model in PyTorch, by turns in one run.
#
#     Benchmarks/training.sh REFERENCE.py
#
# REFERENCE.py is a program with the options of torch_seq2seq.py (see RESULTS.md), started with
# $PYTHON (python3). Every row is program, options, target tokens a second and share of the peak of
# that program's own large product; each pair of programs is run by turns, $TURNS (3) times, with
# medians at the end. Run it on an idle machine.
set -euo pipefail
cd "$(dirname "$0")/.."
reference=$1 turns=${TURNS:-3}
PATH=$PWD/.build/release:$PATH
rows=Benchmarks/runs/training.tsv
: > "$rows"

row() { printf '%s\t%s\t%s\t%s\n' "$@" | tee -a "$rows"; }

# huaben NAME OPTIONS...
huaben() {
  train --benchmark "${@:2}" > "$work/line"
  row huaben "$1" "$(awk '{ print $1 }' "$work/line")" \
    "$(sed 's/.*GFLOP\/s\t\([0-9.]*\) of.*/\1/' "$work/line")"
}

# pytorch NAME KIND OPTIONS...
pytorch() {
  local options=("${@:3}")
  if [ "$2" = compiled ]; then options+=(--compile); fi
  if "${PYTHON:-python3}" "$reference" speed "${options[@]}" > "$work/line" 2> "$work/err"; then
    row "pytorch-$2" "$1" "$(awk '{ print $1 }' "$work/line")" \
      "$(sed "s/.*GFLOP\/s\t\([0-9.]*\) of.*/\1/" "$work/line")"
  else
    row "pytorch-$2" "$1" failed "$(tail -n 1 "$work/err")"
  fi
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for threads in 2 1; do
  for v in 20000 6000; do
    name="-j $threads V $v"
    for _ in $(seq "$turns"); do
      huaben "$name" -j $threads --vocab-size $v
      pytorch "$name" eager --threads $threads --vocab $v
    done
    if [ $threads = 2 ]; then pytorch "$name" compiled --threads $threads --vocab $v; fi
  done
done
for batch in 8 16 256; do
  name="-j 2 V 6000 B $batch"
  huaben "$name" -j 2 --vocab-size 6000 --mini-batch $batch
  pytorch "$name" eager --threads 2 --vocab 6000 --batch $batch
done
for size in 128 256 1024; do
  name="-j 2 V 6000 H $size"
  huaben "$name" -j 2 --vocab-size 6000 --dim-emb $((size / 2)) --dim-rnn $size
  pytorch "$name" eager --threads 2 --vocab 6000 --dim-emb $((size / 2)) --dim-rnn $size
done

echo '# medians, and the ratio to the better of PyTorch'
awk -F '\t' '
  $3 != "failed" { list[$2 FS $1] = list[$2 FS $1] " " $3; if (!($2 in seen)) { seen[$2] = 1; order[++n] = $2 } }
  function median(text,   a, k, i, j, t) {
    k = split(text, a, " ")
    for (i = 1; i <= k; i++) for (j = i + 1; j <= k; j++) if (a[j] + 0 < a[i] + 0) { t = a[i]; a[i] = a[j]; a[j] = t }
    return k ? a[int((k + 1) / 2)] : 0
  }
  END {
    for (i = 1; i <= n; i++) {
      ours = median(list[order[i] FS "huaben"]); best = median(list[order[i] FS "pytorch-eager"])
      compiled = median(list[order[i] FS "pytorch-compiled"]); if (compiled > best) best = compiled
      printf "# %s\t%d\t%d\t%.2f\n", order[i], ours, best, ours / best
    }
  }' "$rows" | tee -a "$rows"
