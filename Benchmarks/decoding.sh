#!/bin/bash
# Speed of generate and score beside the same model in PyTorch, and the time to the first token.
#
#     Benchmarks/decoding.sh REFERENCE.py NOVEL
#
# The model has a vocabulary of 20,000, E 256, H 512 and has learned nothing; it never ends a
# sentence, so that every answer has 40 tokens. Sources have 25 tokens. Times are of whole
# processes, start and reading of the 40 MB model included; PyTorch's are of its loops alone. NOVEL
# is UTF-8 text, the last twentieth of which is scored. Needs hyperfine. Run it on an idle machine.
set -euo pipefail
cd "$(dirname "$0")/.."
reference=$1 novel=$2
PATH=$PWD/.build/release:$PATH
rows=Benchmarks/runs/decoding.tsv
: > "$rows"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

row() { printf '%s\t%s\t%s\n' "$@" | tee -a "$rows"; }

# Longer than --max-length, sentences have no end in training; every word is there at least once.
awk 'BEGIN {
  srand(7); n = 19739
  for (line = 0; line < 3000; line++) for (i = 0; i < 30; i++) printf "%sw%d", i ? " " : line ? "\n" : "", rand() * n
  for (i = 0; i < 19740; i++) printf "%sw%d", i % 30 ? " " : "\n", i % n
  print ""
}' > "$work/tok"
vocab -o "$work/vocab" "$work/tok" 2> "$work/log"
vocab encode -v "$work/vocab" -o "$work/ids" "$work/tok" 2> "$work/log"
train --updates 2 --dim-emb 256 --dim-rnn 512 --valid-fraction 0 --max-length 25 --seed 1 \
  -o "$work/model" "$work/ids" 2> "$work/log"
head -n 640 "$work/tok" | cut -d ' ' -f 1-25 > "$work/prompts"

# rate NAME PROMPTS OPTIONS...: tokens a second
rate() {
  head -n "$2" "$work/prompts" > "$work/some"
  hyperfine -N --warmup 1 --runs 5 --export-csv "$work/csv" --output null \
    "generate -m $work/model --lines --temperature 0 --max-length 40 ${*:3} $work/some" \
    > "$work/log" 2>&1
  row "generate ${*:3}, $2 prompts" "$(awk -F , -v n=$(($2 * 40)) 'NR == 2 { printf "%.0f", n / $4 }' "$work/csv")" tokens/s
}
rate single 100 -j 1 --mini-batch 1
rate single 400 -j 1 --mini-batch 1 --int8
rate many 640 -j 2
rate many 640 -j 2 --int8
rate many 640 -j 1
"${PYTHON:-python3}" "$reference" decode --threads 2 2> "$work/log" |
  while read -r _ batch speed _; do row "pytorch, batch $batch" "$speed" tokens/s; done

head -n 1 "$work/prompts" > "$work/one"
# From the start of the process to its first byte.
for options in '-j 2' '-j 1' '-j 2 --int8'; do
  python3 - generate -m "$work/model" --lines --temperature 0 --max-length 1 $options "$work/one" \
    > "$work/line" <<'PYTHON'
import statistics, subprocess, sys, time
times = []
for _ in range(45):
    start = time.perf_counter()
    process = subprocess.Popen(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    process.stdout.read(1)
    times.append(time.perf_counter() - start)
    process.communicate()
print(f'{1000 * statistics.median(times[5:]):.1f}')
PYTHON
  row "first token, generate $options" "$(cat "$work/line")" ms
done

tokenize "$novel" > "$work/tok"
vocab --min-count 3 -o "$work/vocab" "$work/tok" 2> "$work/log"
vocab encode -v "$work/vocab" -o "$work/ids" "$work/tok" 2> "$work/log"
vocab decode "$work/ids" > "$work/lines"
tail -n $(($(wc -l < "$work/lines") / 20)) "$work/lines" > "$work/valid"
train --updates 20 --valid-fraction 0 --seed 1 -o "$work/model" "$work/ids" 2> "$work/log"
score -m "$work/model" "$work/valid" > "$work/figures"
tokens=$(awk '$1 == "tokens" { print $2 }' "$work/figures")
for options in '-j 2' '-j 1' '-j 2 --int8'; do
  hyperfine -N --warmup 1 --runs 5 --export-csv "$work/csv" --output null \
    "score $options -m $work/model $work/valid" > "$work/log" 2>&1
  row "score $options" "$(awk -F , -v n="$tokens" 'NR == 2 { printf "%.0f", n / $4 }' "$work/csv")" tokens/s
done
for batch in 64 32; do
  "${PYTHON:-python3}" - "$reference" "$work/valid" "$work/vocab" $batch > "$work/line" 2> "$work/log" <<'PYTHON'
import importlib.util, random, sys, time
import torch
spec = importlib.util.spec_from_file_location('reference', sys.argv[1])
reference = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reference)
torch.set_num_threads(2)
pairs, vocab, _, _ = reference.read_pairs(sys.argv[2], sys.argv[3])
model = reference.Seq2Seq(len(vocab)).eval()
best = 0
with torch.no_grad():
    for _ in range(3):
        start, tokens = time.perf_counter(), 0
        for x, y in reference.batches(pairs, int(sys.argv[4]), False, random.Random(1)):
            tokens += model(x, y)[1]
        best = max(best, tokens / (time.perf_counter() - start))
print(f'{best:.0f}')
PYTHON
  row "pytorch, evaluation, batch $batch" "$(cat "$work/line")" tokens/s
done
