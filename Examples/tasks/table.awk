# awk -f table.awk results.tsv: the results as a Markdown table, a column for each seed.
BEGIN { FS = "\t" }
NR == 1 { next }
{
  key = $1 " | " $2
  if (!(key in updates)) rows[++rowCount] = key
  if (!($3 in known)) { known[$3]; seeds[++seedCount] = $3 }
  updates[key] = $4
  exact[key, $3] = $5
}
END {
  line = "| task | model | updates |"
  rule = "| --- | --- | ---: |"
  for (s = 1; s <= seedCount; s++) {
    line = line " right, seed " seeds[s] " |"
    rule = rule " ---: |"
  }
  print line
  print rule
  for (r = 1; r <= rowCount; r++) {
    line = "| " rows[r] " | " updates[rows[r]] " |"
    for (s = 1; s <= seedCount; s++) line = line " " exact[rows[r], seeds[s]] " % |"
    print line
  }
}
