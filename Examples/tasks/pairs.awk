# awk -v task=TASK -v count=N -v seed=N [-v hard=1] -f pairs.awk: pairs of token lines, with a tab between.
#
# reverse  16 letters, and the same backwards
# copy     16 letters, and the same again
# memory   up to 5 capital letters, strewn among up to 56 small ones, and the capitals in their order;
#          the first token is a capital. hard=1 makes the longest alone: 5 among 36 to 56.

# The random numbers are made here, so that every awk makes the same pairs from a seed.
# Source: Park and Miller (1988), the minimal standard generator; exact in double precision.
function random(n) {
  state = state * 16807 % 2147483647
  return int(state / 2147483647 * n)
}

function letter(alphabet) { return substr(alphabet, 1 + random(8), 1) }

function string(  text, i) {
  text = letter("abcdefgh")
  for (i = 1; i < 16; i++) text = text " " letter("abcdefgh")
  return text
}

function backwards(text,  tokens, n, result) {
  n = split(text, tokens, " ")
  result = tokens[n]
  while (--n) result = result " " tokens[n]
  return result
}

function memory(  capitals, size, source, target, token, i) {
  capitals = hard ? 5 : 1 + random(5)
  size = capitals + (hard ? 36 + random(21) : 1 + random(56))
  for (i = 0; i < size; i++) {
    # Each place that is left is as likely as any other to have one of the capitals that are left.
    if (i == 0 || random(size - i) < capitals) {
      token = letter("ABCDEFGH")
      target = target (i ? " " : "") token
      capitals--
    } else {
      token = letter("abcdefgh")
    }
    source = source (i ? " " : "") token
  }
  return source "\t" target
}

BEGIN {
  state = 1 + seed * 7919 % 2147483646
  # Seeds that are close together begin alike.
  for (i = 0; i < 10; i++) random(1)
  for (n = 0; n < count; n++) {
    if (task == "memory") { print memory(); continue }
    text = string()
    print text "\t" (task == "reverse" ? backwards(text) : text)
  }
}
