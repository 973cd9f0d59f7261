# awk -v row=TEXT -f row.awk LOG: what a training log says of the run, behind TEXT.
#
# The best held-out loss in bits/char, the perplexity per token in the same row of the log, and updates
# a second without the time for held-out losses.
BEGIN { FS = OFS = "\t" }
NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
{
  bits = $column["valid_bits_per_char"]
  # Nothing held out, or a loss that is not finite.
  if (bits !~ /^[0-9]/) next
  if (best == "" || bits + 0 < best + 0) {
    best = bits
    nats = $column["valid_nats_per_token"]
  }
  rate = $column["tokens_per_second"]
  if (rate > 0) time += ($column["tokens"] - tokens) / rate
  tokens = $column["tokens"]
  updates = $column["updates"]
  seconds = $column["seconds"]
}
END {
  if (best == "") {
    print FILENAME ": no held-out loss; take a longer text" > "/dev/stderr"
    exit 1
  }
  speed = time > 0 ? sprintf("%.2f", updates / time) : "NA"
  print row, updates, seconds, best, sprintf("%.1f", exp(nats)), speed
}
