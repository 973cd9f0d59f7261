# awk -v tests=N -v train=FILE -v test=FILE -f split.awk PAIRS PAIRS: holds out N pairs, spread evenly.
#
# Of few pairs it is an eighth.
# The same first line may stand in several pairs; those of a line that is held out are not learned from.
# PAIRS is read twice.
BEGIN { FS = "\t" }
NR == FNR { lines = FNR; next }
FNR == 1 && tests > lines / 8 { tests = int(lines / 8) }
# True for N lines, the last one of each N-th part.
int(FNR * tests / lines) > int((FNR - 1) * tests / lines) { heldOut[$1]; print > test; next }
{ rest[++count] = $0; source[count] = $1 }
END {
  for (i = 1; i <= count; i++) if (!(source[i] in heldOut)) print rest[i] > train
}
