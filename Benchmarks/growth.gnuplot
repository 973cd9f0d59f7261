# gnuplot -c growth.gnuplot ROWS.tsv PICTURE.svg: what growth.sh measured, on logarithmic axes, where
# growth in proportion is a line of slope one.
set terminal svg size 1100,760 font 'sans-serif,13' background 'white'
set output ARG2
set datafile separator '\t'
set logscale xy
set key left top
set grid
set multiplot layout 2,2
rows(what) = sprintf("< awk -F '\\t' '$1 == \"%s\"' %s", what, ARG1)
text = '"tokenize -j 1" "tokenize -j 2" "vocab" "vocab encode" "vocab decode" "detok"'

set title 'Text stages: time'
set xlabel 'MB of text'
set ylabel 'seconds'
plot for [what in text] rows(what) using 2:3 with linespoints title what

set title 'Text stages: peak memory'
set ylabel 'MiB'
plot for [what in text] rows(what) using 2:($4/1024) with linespoints title what

set title 'Training: time of an update'
set xlabel 'vocabulary (B 32), sentence length (B 16), pairs in a batch'
set ylabel 'seconds'
plot for [what in '"vocabulary" "sentence length" "batch"'] \
  rows('train, '.what) using 2:3 with linespoints title what

set title 'Training: peak memory'
set ylabel 'MiB'
plot for [what in '"vocabulary" "sentence length" "batch"'] \
  rows('train, '.what) using 2:($4/1024) with linespoints title what
