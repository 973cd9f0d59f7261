#!/bin/bash
# Training while another process keeps one core busy, beside the same model in PyTorch.
#
#     Benchmarks/contention.sh REFERENCE.py
#
# Needs two cores. Rows are program, alone or beside a busy core, target tokens a second.
set -euo pipefail
cd "$(dirname "$0")/.."
reference=$1
PATH=$PWD/.build/release:$PATH
rows=Benchmarks/runs/contention.tsv
: > "$rows"

measure() {
  printf 'huaben\t%s\t%s\n' "$1" "$(train --benchmark -j 2 | awk '{ print $1 }')" | tee -a "$rows"
  printf 'pytorch\t%s\t%s\n' "$1" \
    "$("${PYTHON:-python3}" "$reference" speed --threads 2 2> /dev/null | awk '{ print $1 }')" \
    | tee -a "$rows"
}

for _ in 1 2; do
  measure alone
  taskset -c 1 sh -c 'while :; do :; done' &
  busy=$!
  trap 'kill $busy' EXIT
  measure busy
  kill $busy
  trap - EXIT
done
