# The table of score --per-token to its text, each token coloured by its bits.
#
# Environment: FORM, html or terminal; LAYOUT, lines or paragraphs. The colours are classes of two bits.

BEGIN {
  html = ENVIRON["FORM"] == "html"
  lines = ENVIRON["LAYOUT"] == "lines"
  classes = 8
  # Of the 256 colours of terminals, from pale yellow to dark red; the first class has none.
  split("230 229 222 215 208 202 160 88", grounds, " ")
}

NR == 1 {
  if ($0 != "line\tplace\ttoken\tnats") refuse_kind("a table of tokens", "'score --per-token' writes one")
  begin()
  next
}

NF != 4 || $3 == "" { refuse("expected a line, a place, a token and its nats") }
$1 !~ /^[0-9]+$/ { refuse("expected the number of a line, found '" $1 "'") }
!is_number($4) { refuse("expected nats that are not negative, found '" $4 "'") }

{
  if ($1 != line) {
    end_character()
    # Where lines are missing another paragraph begins.
    if (line != "" && !broken && (lines || $1 != line + 1)) end_paragraph()
  }
  line = $1
  tokens++
  bits += $4 / log(2)
  if ($3 ~ /^<0x[0-9A-F][0-9A-F]>$/) {
    add_byte(digit[substr($3, 4, 1)] * 16 + digit[substr($3, 5, 1)], $3, $4)
  } else {
    end_character()
    if ($3 == "</s>") emit("\342\212\243", "mark", $3, $4)
    else if ($3 == "<p>") emit("\302\266", "mark", $3, $4)
    else if ($3 ~ /^<(pad|unk|s)>$/) emit($3, "mark", $3, $4)
    else emit(unescaped($3), "", $3, $4)
  }
  if ($3 == "<p>") after_paragraph = 1
  else if (after_paragraph || (lines && $3 == "</s>")) { end_character(); end_paragraph() }
}

END {
  if (failed) exit 65
  if (!NR) complain(name ": empty; 'score --per-token' writes a table of tokens")
  if (!tokens) complain(name ": no token was scored; the first sentence of a text is not, so give two at least")
  end_character()
  finish()
}

# MARK: Characters spelled as bytes

# Takes a byte token; those of one character are shown as that.
function add_byte(number, token, nats,   i) {
  if (parts && (number < 128 || number > 191 || !goes_on(number))) end_character()
  if (!parts) {
    missing = number < 194 ? 0 : number < 224 ? 1 : number < 240 ? 2 : number < 245 ? 3 : 0
    if (!missing) {
      emit(number < 128 ? visible(number) : escaped(number), "", token, nats)
      return
    }
  } else {
    missing--
  }
  parts++
  part[parts] = number
  part_token[parts] = token
  part_nats[parts] = nats
  if (missing) return
  # All of them are there.
  spelled = names = ""
  nats = 0
  for (i = 1; i <= parts; i++) {
    spelled = spelled byte[part[i]]
    names = names (i > 1 ? " " : "") part_token[i]
    nats += part_nats[i]
  }
  parts = 0
  emit(legible(spelled), "", names, nats)
}

# Whether a continuation byte is allowed after the first byte of a character.
function goes_on(number) {
  if (parts > 1) return 1
  if (part[1] == 224) return number >= 160
  if (part[1] == 237) return number < 160
  if (part[1] == 240) return number >= 144
  if (part[1] == 244) return number < 144
  return 1
}

# What is left of a character is no character.
function end_character(   i) {
  for (i = 1; i <= parts; i++) emit(escaped(part[i]), "", part_token[i], part_nats[i])
  parts = 0
}

# MARK: The two forms

function begin() {
  broken = 1
  if (!html) return
  while ((getline css < (ENVIRON["SHARE"] "/surprise.css")) > 0) style = style css "\n"
  print "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">"
  print "<meta name=\"viewport\" content=\"width=device-width\">"
  print "<title>Surprise: " xml(shown_name()) "</title>\n<style>\n" style "</style>\n</head>\n<body>"
  printf "<p>"
}

# Writes a token; `kind` is mark where it is no text.
function emit(string, kind, token, nats,   class, width) {
  # A zero may have a sign.
  width = nats > 0 ? nats / log(2) : 0
  class = int(width / 2)
  if (class > classes) class = classes
  if (broken && begun && html) printf "<p>"
  broken = 0
  begun = 1
  if (html) {
    printf "<span class=\"s%d%s\" title=\"%s: %.2f bits\">%s</span>", class, kind ? " " kind : "", \
      xml(legible(token)), width, xml(string)
  } else {
    printf "%s", coloured(string, class)
  }
}

function coloured(string, class) {
  if (!class) return string
  return "\033[38;5;" (class > 6 ? 231 : 16) ";48;5;" grounds[class] "m" string "\033[0m"
}

function end_paragraph() {
  print html ? "</p>" : ""
  broken = 1
  after_paragraph = 0
}

# The colours and what they mean, and the figures of the whole.
function finish(   i, marks, mean) {
  if (!broken) end_paragraph()
  marks = "\302\266 a paragraph ends, \342\212\243 a sentence ends"
  mean = tokens (tokens == 1 ? " token, " : " tokens, ") \
    sprintf("%.2f bits a token on average", bits / tokens)
  if (html) {
    print "<footer>\n<p>bits of a token:"
    for (i = 0; i <= classes; i++) print "<span class=\"s" i "\">&nbsp;" range(i) "&nbsp;</span>"
    print "</p>\n<p>" marks "</p>\n<p>" mean "</p>\n</footer>\n</body>\n</html>"
  } else {
    printf "\nbits of a token: "
    for (i = 0; i <= classes; i++) printf "%s", coloured(" " range(i) " ", i)
    print "\n" marks "\n" mean
  }
}

# The bits of a class.
function range(class) {
  return class < classes ? 2 * class "\342\200\223" 2 * class + 2 : 2 * class "+"
}
