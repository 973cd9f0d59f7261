# gnuplot -c plot.gnuplot RESULTS.tsv PICTURE.svg: bits/char by model, after equal updates and in equal time.
set terminal svg size 1000,460 font 'sans-serif,13' background 'white'
set output ARG2
set datafile separator '\t'
set multiplot layout 1,2
set grid ytics
set key below horizontal samplen 1
set ylabel 'held-out bits/char'
set xrange [-0.6:5.6]
set xtics ('RNN' 0, 'GRU' 1, 'LSTM' 2, 'RNN' 3, 'GRU' 4, 'LSTM' 5)
set xlabel 'words                                characters'
set arrow from 2.5, graph 0 to 2.5, graph 1 nohead linecolor 'grey'

limits = system("awk -F '\\t' 'NR > 1 && !seen[$4]++ { print $4 }' '".ARG1."'")
# The place of a cell on the axis and what it reached, for one attention and one limit.
rows(attention, limit) = sprintf("< awk -F '\\t' -v a=%s -v l=%s ".\
  "'BEGIN { p[\"rnn\"] = 0; p[\"gru\"] = 1; p[\"lstm\"] = 2; OFS = FS } ".\
  "$3 == a && $4 == l { print p[$2] + ($1 == \"word\" ? 0 : 3), $7 }' '%s'", attention, limit, ARG1)
# One scale for both panels.
stats sprintf("< tail -n +2 '%s'", ARG1) using 7 nooutput
set yrange [STATS_min - 0.05 * (STATS_max - STATS_min) : STATS_max + 0.05 * (STATS_max - STATS_min)]
do for [limit in limits] {
  set title limit[strlen(limit):] eq 'u' ? limit[:strlen(limit) - 1].' updates each' : limit.' each'
  plot for [i = 1:4] rows(word('none dot general additive', i), limit) \
    using ($1 + 0.15 * (i - 2.5)):2 with points pointtype 2 * i + 3 pointsize 1.1 linecolor i \
    title word('none dot general additive', i)
}
unset multiplot
