# A training log to the data of a curve, in the commands of gnuplot.
#
# Environment: AGAINST, the column on the x axis; CURVE, the number of the log; LABEL, its name.

NR == 1 {
  for (i = 1; i <= NF; i++) column[$i] = i
  x = column[ENVIRON["AGAINST"]]
  y = column["valid_bits_per_char"]
  if (!x || !y) refuse_kind("a training log", "'train --log' writes one")
  columns = NF
  curve = ENVIRON["CURVE"]
  last = 0
  print "$curve" curve " << END"
  next
}

NF != columns { refuse(NF (NF == 1 ? " field" : " fields") ", where the first line has " columns) }
$y == "NA" { refuse("no held-out figure; train with a --valid-fraction, or with --valid") }
!is_number($x) { refuse("expected a number in column " x ", found '" $x "'") }
!is_number($y) { refuse("expected a number in column " y ", found '" $y "'") }

{
  print $x, $y
  rows++
  if ($x > last) last = $x
  if (best == "" || $y < best) best = $y
}

END {
  if (failed) exit 65
  if (!NR) complain(name ": empty; 'train --log' writes a log")
  if (!rows) complain(name ": a log without a row; train for longer")
  print "END"
  name = ENVIRON["LABEL"]
  label = shown_name()
  printf "extent%d = %d\n", curve, extent(label ", best 0.000", 13)
  gsub(/'/, "''", label)
  printf "against = '%s'\n", ENVIRON["AGAINST"]
  printf "last%d = %s\nrows%d = %d\n", curve, last, curve, rows
  printf "label%d = '%s'\nbest%d = '%.3f'\n", curve, label, curve, best
  printf "curves = %d\n", curve
}
