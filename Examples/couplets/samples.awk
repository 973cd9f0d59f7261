# awk -v lines=N -f samples.awk: twenty of N lines of three columns as a Markdown table, spread evenly.
BEGIN {
  FS = "\t"
  print "| first line | the model's answer | the poet's |"
  print "| --- | --- | --- |"
}
lines <= 20 || int(NR * 20 / lines) > int((NR - 1) * 20 / lines) {
  # A bar would end the cell.
  gsub(/\|/, "\\|")
  print "| " $1 " | " $3 " | " $2 " |"
}
