# Learning curves, of what curves.awk made of the logs.
#
# For each log n there are $curve<n>, label<n>, extent<n> (its length in pixels), best<n>, last<n> and
# rows<n>; and `curves`, how many there are, and `against`, the column on the x axis.
last = 0
extent = 0
do for [i = 1:curves] {
  if (value('last'.i) > last) { last = value('last'.i) }
  if (value('extent'.i) > extent) { extent = value('extent'.i) }
}

# The names stand to the right of the curves, which have the same room whatever the names are.
right = 640
wide = right + 60 + extent
high = 460 > 160 + 25 * curves ? 460 : 160 + 25 * curves
set terminal svg size wide,high noenhanced background 'white' name 'curves' \
  font 'Noto Sans CJK SC,Source Han Sans SC,PingFang SC,Microsoft YaHei,WenQuanYi Zen Hei,sans-serif,13'
set encoding utf8
set rmargin at screen 1.0 * right / wide
set key at screen (right + 12.0) / wide, graph 1 left top Left reverse samplen 2 spacing 1.25
set border 3 linecolor 'grey40'
set tics nomirror out scale 0.6 textcolor 'black'
set grid ytics linecolor 'grey90' linetype 1 linewidth 1
set offsets graph 0, graph 0, graph 0.03, graph 0.03
set title 'Held-out text as training goes on'
set ylabel 'held-out bits/char'

unit = 1
if (against eq 'updates') {
  set xlabel 'updates'
} else { if (last < 600) {
  set xlabel 'training time (seconds)'
} else { if (last < 4 * 3600) {
  set xlabel 'training time (minutes)'
  unit = 60.0
} else {
  set xlabel 'training time (hours)'
  unit = 3600.0
}}}
set xrange [0:*]

# Colours that people who see few can tell apart, and then dashes.
colours = '#0072B2 #D55E00 #009E73 #CC79A7 #E69F00 #56B4E9 #000000 #999999'
plot for [i = 1:curves] '$curve'.i using ($1 / unit):2 with linespoints \
  linecolor rgb word(colours, (i - 1) % 8 + 1) dashtype 1 + (i - 1) / 8 % 5 linewidth 1.8 \
  pointtype 7 pointsize (value('rows'.i) > 40 ? 0 : 0.4) \
  title value('label'.i).', best '.value('best'.i)
