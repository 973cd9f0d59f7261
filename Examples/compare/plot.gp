# Held-out bits per character of each model, for equal updates; called by the Makefile, which sets
# `table` and `picture`.
set terminal svg size 900,420 enhanced background rgb 'white'
set output picture
set datafile separator '\t'
set datafile missing 'NA'
set ylabel 'held-out bits per character'
set style data histograms
set style histogram clustered gap 2
set style fill solid 0.8 noborder
set boxwidth 0.9
set grid ytics
set key outside top center horizontal
set yrange [5:*]
set xtics nomirror
# A group of bars for each unit and cell, a bar for each attention.
groups(attention) = sprintf( \
  "< awk -F '\\t' '$3 == \"%s\" { print $1 \", \" $2 \"\\t\" $4 }' %s", attention, table)
plot for [a in 'none dot general additive'] groups(a) using 2:xtic(1) title a
