# awk -v how=TEXT -f lengths.awk: a row of a Markdown table, how many answers are as long as their questions.
#
# Lines have three columns of token lines: the question, the right answer, and the model's.
BEGIN { FS = "\t" }
NF != 3 { print "lengths.awk: line " NR " has " NF " columns, not 3" > "/dev/stderr"; bad = 1; exit 1 }
split($1, question, " ") == split($3, answer, " ") { same++ }
END { if (!bad) printf "| %s | %d | %.1f %% |\n", how, NR, 100 * same / NR }
