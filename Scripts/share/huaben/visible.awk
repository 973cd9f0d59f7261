# What a token looks like: units of huaben-formats(5) to characters that can be seen.

BEGIN {
  for (i = 1; i < 256; i++) {
    byte[i] = sprintf("%c", i)
    value[byte[i]] = i
  }
  for (i = 0; i < 16; i++) digit[substr("0123456789ABCDEF", i + 1, 1)] = i
  # Controls, marks of direction, what has no width from the soft hyphen to tags, what XML lacks.
  hidden = "[\001-\037\177]|\302[\200-\237\255]|\330\234|\341\240\216" \
    "|\342\200[\213-\217\250-\256]|\342\201[\240-\257]|\357\273\277|\357\277[\271-\273\276\277]" \
    "|\363\240[\200\201][\200-\277]"
}

# The text of a token; what cannot be seen stays an escape.
function unescaped(token,   result, at, unit, scalar) {
  gsub(/\342\226\201/, " ", token)
  result = ""
  while ((at = index(token, "\\"))) {
    result = result legible(substr(token, 1, at - 1))
    token = substr(token, at)
    if (match(token, /^\\u[{][0-9A-Fa-f]+[}]/)) {
      unit = substr(token, 1, RLENGTH)
      scalar = encoded(hexadecimal(substr(unit, 4, RLENGTH - 4)))
      result = result (scalar == "" || scalar ~ hidden ? unit : scalar)
    } else if (match(token, /^\\x[0-9A-F][0-9A-F]/)) {
      unit = substr(token, 1, RLENGTH)
      result = result unit
    } else if (match(token, /^\\[\\tr]/)) {
      unit = substr(token, 1, RLENGTH)
      result = result (unit == "\\t" ? "\342\207\245" : unit == "\\r" ? "\342\220\215" : "\\")
    } else {
      refuse("bad escape in '" token "'; a backslash is written \\\\")
    }
    token = substr(token, length(unit) + 1)
  }
  return result legible(token)
}

function hexadecimal(digits,   number, i) {
  number = 0
  for (i = 1; i <= length(digits) && number < 2097152; i++)
    number = number * 16 + digit[toupper(substr(digits, i, 1))]
  return number
}

# The UTF-8 of a scalar; nothing of what is none, or is zero.
function encoded(number) {
  if (number < 128) return byte[number]
  if (number < 2048) return byte[192 + int(number / 64)] byte[128 + number % 64]
  if (number >= 55296 && number < 57344 || number > 1114111) return ""
  if (number < 65536)
    return byte[224 + int(number / 4096)] byte[128 + int(number / 64) % 64] byte[128 + number % 64]
  return byte[240 + int(number / 262144)] byte[128 + int(number / 4096) % 64] \
    byte[128 + int(number / 64) % 64] byte[128 + number % 64]
}

# A character of ASCII as something to see: controls have pictures.
function visible(number) {
  if (number == 9) return "\342\207\245"
  if (number == 127) return "\342\220\241"
  return number < 32 ? "\342\220" byte[128 + number] : byte[number]
}

# Characters, with escapes for those that could not be seen or would move others.
function legible(string,   result) {
  result = ""
  while (match(string, hidden)) {
    result = result substr(string, 1, RSTART - 1) code(substr(string, RSTART, RLENGTH))
    string = substr(string, RSTART + RLENGTH)
  }
  return result string
}

# A scalar as \u{...}.
function code(scalar,   number, i) {
  number = value[substr(scalar, 1, 1)]
  if (number >= 128) number -= number < 224 ? 192 : number < 240 ? 224 : 240
  for (i = 2; i <= length(scalar); i++) number = number * 64 + value[substr(scalar, i, 1)] - 128
  return sprintf("\\u{%X}", number)
}

function escaped(number) {
  return sprintf("\\x%02X", number)
}
