#!/bin/bash
# What each way of choosing tokens writes, beside what the novel itself goes on with.
#
#     Benchmarks/choices.sh MODEL NOVEL.tok [PROMPTS]
#
# The prompts are paragraphs spread over the last twentieth of the novel, which the model must not
# have been trained on; each passage has eight sentences. The table goes to Benchmarks/runs/choices.tsv
# and does not depend on the machine's load. See generate(1), CHOOSING.
set -euo pipefail
cd "$(dirname "$0")/.."
model=$1 novel=$2 prompts=${3:-200} sentences=8
PATH=$PWD/.build/release:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

lines=$(wc -l < "$novel")
head -n $((lines * 95 / 100)) "$novel" > "$work/training"
# A prompt is a paragraph behind which there are sentences enough; the real continuation is these.
tail -n +$((lines * 95 / 100 + 1)) "$novel" | awk -v prompts="$prompts" -v sentences="$sentences" \
  -v to="$work" '
  BEGIN { RS = ""; FS = "\n" }
  { paragraph[NR] = $0; count[NR] = NF }
  END {
    for (last = NR; after < sentences; last--) after += count[last]
    for (k = 0; k < prompts; k++) {
      n = 1 + int(k * (last - 1) / (prompts > 1 ? prompts - 1 : 1))
      printf "%s\n\n", paragraph[n] > (to "/prompts")
      file = sprintf("%s/real.%04d", to, k)
      for (left = sentences; left > 0; ) {
        n++
        m = split(paragraph[n], line, "\n")
        for (i = 1; i <= m && left > 0; i++) { print line[i] > file; left-- }
        if (i > m) print "" > file
      }
      close(file)
    }
  }'

choices() {
  cat << END2
greedy --temperature 0
beam-5 --beam-size 5
beam-10 --beam-size 10
top-k-50 --top-k 50 --top-p 1 --frequency-penalty 0
top-p-0.9 --top-p 0.9 --frequency-penalty 0
mirostat-5 --mirostat 5 --frequency-penalty 0
mirostat-7 --mirostat 7 --frequency-penalty 0
top-p-0.9-no-repeat-4 --top-p 0.9 --no-repeat-ngram-size 4 --frequency-penalty 0
default
END2
}

figures() {
  score -m "$model" --training "$work/training" "$work/$1".* | awk -F '\t' -v name="$1" '
    { value[$1] = $2 }
    END {
      printf "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", name, value["seq_rep_4"], value["distinct_2"],
        value["bits_per_char"], value["copied_sentences"], value["longest_copied_run"],
        value["sentence_characters"]
    }'
}

{
  printf 'choice\tseq_rep_4\tdistinct_2\tbits_per_char\tcopied_sentences\tlongest_copied_run\tsentence_characters\n'
  while read -r name options; do
    generate -m "$model" --sentences "$sentences" --seed 1 $options "$work/prompts" < /dev/null \
      2> /dev/null | awk -v sentences="$sentences" -v to="$work/$name" -f Benchmarks/cut-passages.awk
    figures "$name"
  done < <(choices)
  figures real
} | tee Benchmarks/runs/choices.tsv | column -t
