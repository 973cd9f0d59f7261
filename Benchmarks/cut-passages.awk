# Cuts token lines into files of `sentences` sentences each, named `to`.0000 and so on; empty lines go
# with those before them.
NF && written == sentences * (k + 1) { close(file); k++ }
{ file = sprintf("%s.%04d", to, k); print > file }
NF { written++ }
