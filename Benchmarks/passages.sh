#!/bin/bash
# Whether long passages repeat themselves more and more, and how long their paragraphs are.
#
#     Benchmarks/passages.sh MODEL NOVEL.tok [PASSAGES]
#
# Passages of 200 sentences after one prompt, by several ways of choosing, beside stretches of the
# novel's last twentieth: seq-rep-4 of each 50 sentences (the mean over passages, and the most), how
# many passages fall into a word for good (seq-rep-4 above 0.5 in the last 50), sentences of a
# paragraph. The table goes to Benchmarks/runs/passages.tsv and does not depend on the machine. The
# most memory of a passage of 20, 200 and 2,000 sentences goes to Benchmarks/runs/passages.txt.
set -euo pipefail
cd "$(dirname "$0")/.."
model=$1 novel=$2 passages=${3:-16}
PATH=$PWD/.build/release:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for ((i = 0; i < passages; i++)); do printf '话说\n\n'; done | tokenize > "$work/prompts"

# repetition NAME QUARTER PASSAGES: seq-rep-4 of that quarter of each passage
repetition() {
  for ((k = $2; k < 4 * $3; k += 4)); do
    score "$work/$1.$(printf %04d "$k")" | awk '$1 == "seq_rep_4" { print $2 }'
  done
}

# row NAME PASSAGES < PASSAGES
row() {
  tee "$work/$1" | awk -v sentences=50 -v to="$work/$1" -f Benchmarks/cut-passages.awk
  printf %s "$1"
  for quarter in 0 1 2 3; do
    repetition "$1" "$quarter" "$2" | tee "$work/figures" |
      awk '{ sum += $1; if ($1 > most) most = $1 } END { printf "\t%.3f\t%.2f", sum / NR, most }'
  done
  awk '$1 > 0.5 { n++ } END { printf "\t%d", n }' "$work/figures"
  # Between two passages there is an empty line too.
  awk -v passages="$2" '
    NF { sentences++; after = 1 }
    !NF && after { paragraphs++; after = 0 }
    END { printf "\t%.1f\n", sentences / (paragraphs - passages > 0 ? paragraphs - passages : 1) }' "$work/$1"
}

choices() {
  cat << END2
default
no-penalty --frequency-penalty 0
top-p-1 --top-p 1
top-k-50 --top-k 50 --top-p 1
repetition-1.1 --frequency-penalty 0 --repetition-penalty 1.1
no-repeat-8 --frequency-penalty 0 --no-repeat-ngram-size 8
END2
}

{
  printf 'choice\trep_1_50\tmost\trep_51_100\tmost\trep_101_150\tmost\trep_151_200\tmost\tfallen\tparagraph_sentences\n'
  while read -r name options; do
    generate -m "$model" --sentences 200 --seed 11 $options "$work/prompts" < /dev/null 2> /dev/null |
      row "$name" "$passages"
  done < <(choices)
  tail -n +$(($(wc -l < "$novel") * 95 / 100 + 1)) "$novel" > "$work/held-out"
  stretches=$(($(grep -c . "$work/held-out") / 200))
  awk -v most=$((200 * stretches)) 'NF { n++ } n <= most' "$work/held-out" | row novel "$stretches"
} | tee Benchmarks/runs/passages.tsv | column -t

head -n 2 "$work/prompts" > "$work/prompt"
for sentences in 20 200 2000; do
  /usr/bin/time -f "%M KiB at most for a passage of $sentences sentences" \
    generate -m "$model" --sentences "$sentences" --seed 1 "$work/prompt" 2>&1 > /dev/null |
    tail -n 1
done | tee Benchmarks/runs/passages.txt
