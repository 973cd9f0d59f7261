# awk -v row=TEXT -f exact.awk: the share of answers that are right to the last token, behind TEXT.
#
# Lines have three columns: the source, the target, and what the model answered.
BEGIN { FS = OFS = "\t" }
NF != 3 { print "exact.awk: line " NR " has " NF " columns, not 3" > "/dev/stderr"; bad = 1; exit 1 }
$2 == $3 { right++ }
END { if (!bad) print row, sprintf("%.1f", 100 * right / NR), NR }
