# What the programs of huaben-plot share. Strings are bytes, as LC_ALL is C; mawk is enough.

BEGIN {
  FS = "\t"
  name = ENVIRON["NAME"]
  # Upright in a column or beside a row, and there on most systems.
  fonts = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei'," \
    "'WenQuanYi Zen Hei',sans-serif"
  character = "([\001-\177]|[\302-\337][\200-\277]|\340[\240-\277][\200-\277]" \
    "|[\341-\354\356\357][\200-\277][\200-\277]|\355[\200-\237][\200-\277]" \
    "|\360[\220-\277][\200-\277][\200-\277]|[\361-\363][\200-\277][\200-\277][\200-\277]" \
    "|\364[\200-\217][\200-\277][\200-\277])"
  text = "^" character "*$"
  end = character "$"
  single = "^" character "$"
}

# Every line has to be text without control characters but tabs.
{
  if ($0 !~ text) refuse("not valid UTF-8")
  if (/\r$/) refuse("carriage return; lines end in LF alone")
  if (/[\001-\010\013-\037\177]/) refuse("control character; tokens have them as escapes")
}

# Ends with a diagnostic about the line.
function refuse(reason) {
  complain(name ":" NR ": " reason)
}

# Ends with a diagnostic of one line: a name in it may have any character.
function complain(words) {
  gsub(/[\001-\037\177]|\302[\200-\237]/, "?", words)
  print "huaben-plot: " words > "/dev/stderr"
  failed = 1
  exit 65
}

# Ends because the first line is not that of the wanted kind.
function refuse_kind(wanted, remedy,   kind) {
  kind = "text"
  if (/^seconds\t.*\tvalid_bits_per_char/) {
    kind = "a training log"; remedy = "'huaben-plot curves' draws it"
  } else if (/^line\tplace\ttoken\tnats$/) {
    kind = "a table of tokens that score wrote"; remedy = "'huaben-plot surprise' draws it"
  } else if (/^\t/) {
    kind = "a table of attention weights"; remedy = "'huaben-plot attention' draws it"
  } else if (/^tokens\tcharacters\tnats$/ || /^sentences\t[0-9]+$/) {
    kind = "what score writes without --per-token"
  } else if (/^<pad>\t[0-9]+$/) {
    kind = "a vocabulary"
  }
  complain(name ": this is " kind ", not " wanted "; " remedy)
}

# Whether a string is a decimal number that is not negative, and not beyond what can be drawn.
function is_number(string) {
  return string ~ /^-?(0|0?\.0+|0\.|[0-9]+|[0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$/ &&
    string + 0 >= 0 && string + 0 < 1e300
}

function xml(string) {
  gsub(/&/, "\\&amp;", string)
  gsub(/</, "\\&lt;", string)
  gsub(/>/, "\\&gt;", string)
  gsub(/"/, "\\&quot;", string)
  return string
}

# The name of the input as something to show.
function shown_name(   shown) {
  shown = name
  gsub(/[\001-\037\177]/, "?", shown)
  if (shown !~ text) gsub(/[\200-\377]/, "?", shown)
  return shown
}

# How long a string is, about, in pixels: letters are narrower than characters.
function extent(string, size,   wide) {
  wide = gsub(/[\340-\364][\200-\277]+/, "", string)
  gsub(/[\302-\337][\200-\277]/, ".", string)
  return int((wide + 0.58 * length(string)) * size + 0.5)
}
