#!/bin/bash
# Time to quality: this project and the PyTorch reference on the same lines, one after the other.
#
#     Benchmarks/common-run.sh NOVEL REFERENCE.py [SECONDS]
#
# NOVEL is UTF-8 text, REFERENCE.py a program with the options of torch_seq2seq.py (see
# RESULTS.md), started with $PYTHON (python3). Raw rows go to Benchmarks/runs/. Run it on an idle
# machine.
set -euo pipefail
cd "$(dirname "$0")/.."
novel=$1 reference=$2 seconds=${3:-600}
PATH=$PWD/.build/release:$PATH
runs=Benchmarks/runs
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$runs"

tokenize -o "$work/tok" "$novel"
vocab --min-count 3 -o "$work/vocab" "$work/tok"
vocab encode -v "$work/vocab" -o "$work/ids" "$work/tok"
vocab decode -o "$work/lines" "$work/ids"
train=$(($(wc -l < "$work/lines") * 95 / 100 + 1))
head -n "$train" "$work/lines" > "$work/train"
tail -n +$((train + 1)) "$work/lines" > "$work/valid"

train --time "${seconds}s" --valid-freq 60s --seed 1 --log "$runs/common-run.huaben.tsv" \
  -o "$work/model.safetensors" "$work/ids" 2> >(tee "$runs/common-run.huaben.txt" >&2)
"${PYTHON:-python3}" "$reference" train "$work/train" "$work/valid" --vocab-file "$work/vocab" \
  --seconds "$seconds" --batch 32 --lr 3e-3 --warmup 50 --dropout 0.2 --threads 2 \
  | tee "$runs/common-run.reference.txt"
