# Precision, recall and F1 of words, as percentages: awk -f segmentation.awk GOLD TEST
#
# Both have a line of text on each line, with spaces between its words. A word is right if the gold
# has one at the same place, counted in bytes without the spaces (LC_ALL=C).
FNR == NR { gold[FNR] = $0; next }
{
  split("", places)
  place = 0
  words = split(gold[FNR], word, " ")
  for (i = 1; i <= words; i++) {
    places[place "," length(word[i])] = 1
    place += length(word[i])
  }
  end = place
  place = 0
  for (i = 1; i <= NF; i++) {
    if ((place "," length($i)) in places) right++
    place += length($i)
  }
  if (place != end) {
    printf "%s:%d: not the text of the gold\n", FILENAME, FNR > "/dev/stderr"
    failed = 1
    exit 1
  }
  golden += words
  found += NF
}
END {
  if (failed) exit 1
  precision = right / found
  recall = right / golden
  printf "%.2f\t%.2f\t%.2f\n", 100 * precision, 100 * recall, 200 * precision * recall / (precision + recall)
}
