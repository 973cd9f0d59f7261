#!/bin/bash
# What each choice of options gives: one change at a time from what was the default before it, for
# equal updates.
#
#     Benchmarks/sweep.sh NOVEL [UPDATES]
#
# A run leaves its log in Benchmarks/runs/sweep/, so that a sweep that was interrupted goes on where
# it stopped; a run's bits/char do not depend on what else the machine does. Batches of another size
# get other updates, so that all see as many tokens. The table goes to Benchmarks/runs/sweep.tsv;
# its speeds are those of `train --benchmark` at the end, on an idle machine.
set -euo pipefail
cd "$(dirname "$0")/.."
novel=$1 updates=${2:-1200}
PATH=$PWD/.build/release:$PATH
runs=Benchmarks/runs/sweep
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$runs"

# With characters, an update sees less of the text.
for unit in word character; do
  tokenize -u "$unit" -o "$work/tok" "$novel"
  vocab --min-count 3 -o "$work/$unit.vocab" "$work/tok"
  vocab encode -v "$work/$unit.vocab" -o "$work/$unit.ids" "$work/tok"
done
unit() { if [[ $1 == characters ]]; then echo character; else echo word; fi; }

choices() {
  cat << END
default
adamw-0.1 --optimizer adamw --weight-decay 0.1
mini-batch-words-320 --mini-batch-words 320 --updates $((2 * updates))
dropout-0.5 --dropout 0.5
dropout-rnn-0.2 --dropout-rnn 0.2
label-smoothing-0.1 --label-smoothing 0.1
ema-decay-0.999 --ema-decay 0.999
context-sentences-3 --context-sentences 3
layer-normalization --layer-normalization
dec-depth-2 --dec-depth 2
dec-depth-2-residual --dec-depth 2 --residual
enc-depth-2 --enc-depth 2
dim-rnn-512 --dim-rnn 512
dim-emb-768 --dim-emb 768
characters --updates $((updates * 6 / 5))
seed-2 --seed 2
learn-rate-0.0015 --learn-rate 0.0015
learn-rate-0.006 --learn-rate 0.006
dropout-0.2 --dropout 0.2
gru --cell gru
rnn --cell rnn
attention-none --attention none
attention-general --attention general
input-feeding --input-feeding
mini-batch-words-1280 --mini-batch-words 1280 --updates $((updates / 2))
unidirectional --enc-type unidirectional
attention-dot --attention dot
attention-state-current --attention-state current
bridge-last-backward --bridge last-backward
readout-maxout --readout maxout
embeddings-untied --embeddings untied
dim-rnn-128 --dim-rnn 128
dim-emb-256 --dim-emb 256
dim-emb-256-dim-rnn-512 --dim-emb 256 --dim-rnn 512
END
}

while read -r name options; do
  [[ -s $runs/$name.tsv ]] && continue
  # Later options prevail.
  train --seed 1 --optimizer adam --mini-batch-words 640 --updates "$updates" --valid-freq 400u \
    $options --log "$work/log" -o "$work/model" "$work/$(unit "$name").ids" < /dev/null
  mv "$work/log" "$runs/$name.tsv"
done < <(choices)

{
  printf 'choice\tbits_per_char\tnats_per_token\ttarget_tokens_per_second\n'
  while read -r name options; do
    # What a benchmark of made-up sentences does not take does not change its speed; its sizes are
    # its own unless they are given.
    rest='seed|updates|optimizer|weight-decay|mini-batch-words|learn-rate|dropout|dropout-rnn'
    shape=$(sed -E "s/--($rest|label-smoothing|ema-decay|context-sentences) [^ ]+//g" <<< "$options")
    speed=$(train --benchmark --vocab-size "$(wc -l < "$work/$(unit "$name").vocab")" \
      --mini-batch 32 --max-length 20 \
      --dim-emb 512 --dim-rnn 256 $shape < /dev/null)
    awk -F '\t' -v name="$name" -v speed="${speed%% *}" '
      NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
      bits == "" || $column["valid_bits_per_char"] < bits {
        bits = $column["valid_bits_per_char"]; nats = $column["valid_nats_per_token"]
      }
      END { printf "%s\t%s\t%s\t%s\n", name, bits, nats, speed }' "$runs/$name.tsv"
  done < <(choices)
} | tee Benchmarks/runs/sweep.tsv | column -t
