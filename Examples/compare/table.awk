# awk -f table.awk results.tsv: the results as a Markdown table, a row for each model.
BEGIN { FS = "\t" }
NR == 1 { next }
{
  model = "| " $1 " | " $2 " | " $3
  kind = $4 ~ /u$/ ? "updates" : "time"
  limit[kind] = $4
  if (!(model in seen)) { seen[model]; models[++count] = model }
  updates[model, kind] = $5
  bits[model, kind] = $7
  perplexity[model, kind] = $8
  speed[model, kind] = $9
}
END {
  sub(/u$/, " updates", limit["updates"])
  print "| unit | cell | attention | " limit["updates"] ": bits/char | perplexity | " \
    limit["time"] ": bits/char | perplexity | updates | updates/s |"
  print "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |"
  for (i = 1; i <= count; i++) {
    model = models[i]
    printf "%s | %.3f | %s | %.3f | %s | %s | %s |\n", model, \
      bits[model, "updates"], perplexity[model, "updates"], \
      bits[model, "time"], perplexity[model, "time"], updates[model, "time"], speed[model, "time"]
  }
}
