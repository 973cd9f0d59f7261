# Attention weights, as generate --attention writes them, to heat maps in SVG.
#
# Environment: NUMBER, the sentence to draw, or EVERY, to draw all; PLACE, the directory of the
# pictures, which are named 1, 2 and so on.

BEGIN {
  cell = 24
  label = 14
  longest = 14 * label
  wanted = ENVIRON["NUMBER"] + 0
  every = ENVIRON["EVERY"]
  # Of one hue, so that it can be printed in grey.
  stops = split("255 255 255 222 235 247 158 202 225 66 146 198 8 81 156 8 48 107", palette, " ") / 3
}

NR == 1 && !/^\t./ { refuse_kind("attention weights", "'generate --attention' writes some") }

# An empty line ends a sentence.
$0 == "" { finish(); next }

!columns {
  sentence++
  columns = NF - 1
  if ($1 != "" || !columns) refuse("expected an empty cell and the tokens of a source")
  for (i = 1; i <= columns; i++) {
    if ($(i + 1) == "") refuse("empty token in column " i + 1)
    source[i] = legible($(i + 1))
  }
  next
}

{
  rows++
  if ($1 == "") refuse("expected a token and its weights; an empty line stands between sentences")
  if (NF != columns + 1)
    refuse(NF - 1 (NF == 2 ? " weight" : " weights") ", where the source has " columns " tokens")
  target[rows] = legible($1)
  for (i = 1; i <= columns; i++) {
    if (!is_number($(i + 1)) || $(i + 1) > 1)
      refuse("expected a weight from 0 to 1 in column " i + 1 ", found '" $(i + 1) "'")
    weight[rows, i] = $(i + 1)
    if (weight[rows, i] > heaviest) heaviest = weight[rows, i]
  }
}

END {
  if (failed) exit 65
  finish()
  if (failed) exit 65
  if (!sentence) complain(name ": empty; 'generate --attention' writes attention weights")
  if (!every && sentence < wanted)
    complain(name ": " sentence (sentence == 1 ? " sentence" : " sentences") \
      ", so there is none with the number " wanted "; give a lower -n")
}

function finish() {
  if (!columns) return
  if (!rows) refuse("a source without a target; a row for each of its tokens is missing")
  if (every || sentence == wanted) draw(ENVIRON["PLACE"] "/" (every ? sentence : 1))
  columns = rows = heaviest = 0
}

# The source stands above the map and is read from the left; the target stands beside it.
function draw(picture,   i, j, left, top, width, height, scale) {
  # From one picture to the next the scale changes by steps, and the bar beside it says so.
  scale = heaviest > 0.9 ? 1 : int(heaviest * 10 + 0.999999) / 10
  if (!scale) scale = 0.1
  left = top = 0
  for (i = 1; i <= columns; i++) top = larger(top, extent(shortened(source[i]), label))
  for (j = 1; j <= rows; j++) left = larger(left, extent(shortened(target[j]), label))
  left += 44
  top += 44
  width = left + larger(columns * cell, 100) + 76
  height = top + larger(rows * cell, 3 * cell) + 16

  print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" width "\" height=\"" height \
    "\" viewBox=\"0 0 " width " " height "\" font-family=\"" fonts "\" font-size=\"" label "\">" > picture
  print "<title>" xml(shown_name()) ", sentence " sentence ": attention</title>" > picture
  print "<rect width=\"" width "\" height=\"" height "\" fill=\"white\"/>" > picture
  print "<g font-size=\"12\" fill=\"#555\">" > picture
  print "<text x=\"" left "\" y=\"20\">source, as it is read \342\206\222</text>" > picture
  print "<text transform=\"translate(20 " top ") rotate(-90)\" text-anchor=\"end\">" \
    "\342\206\220 target, as it is written</text>" > picture
  print "</g>" > picture

  print "<g text-anchor=\"end\">" > picture
  for (j = 1; j <= rows; j++)
    print_label("x=\"" left - 7 "\" y=\"" top + (j - 0.5) * cell + 0.36 * label "\"", target[j], picture)
  print "</g>" > picture
  for (i = 1; i <= columns; i++) print_above(left + (i - 0.5) * cell, top - 7, source[i], picture)
  print "<g stroke=\"#ddd\" stroke-width=\"0.5\">" > picture
  for (j = 1; j <= rows; j++)
    for (i = 1; i <= columns; i++)
      print "<rect x=\"" left + (i - 1) * cell "\" y=\"" top + (j - 1) * cell "\" width=\"" cell \
        "\" height=\"" cell "\" fill=\"" colour(weight[j, i] / scale) "\"><title>" xml(target[j]) \
        " \342\206\220 " xml(source[i]) "  " weight[j, i] "</title></rect>" > picture
  print "</g>" > picture
  print_bar(left + columns * cell + 24, top, larger(3 * cell, smaller(rows * cell, 160)), scale,
    picture)
  print "</svg>" > picture
  close(picture)
}

# The colours and what they mean.
function print_bar(x, y, height, scale, picture,   i) {
  print "<linearGradient id=\"weights\" x1=\"0\" y1=\"1\" x2=\"0\" y2=\"0\">" > picture
  for (i = 0; i < stops; i++)
    print "<stop offset=\"" i / (stops - 1) "\" stop-color=\"" colour(i / (stops - 1)) "\"/>" > picture
  print "</linearGradient>" > picture
  print "<rect x=\"" x "\" y=\"" y "\" width=\"12\" height=\"" height \
    "\" fill=\"url(#weights)\" stroke=\"#999\" stroke-width=\"0.5\"/>" > picture
  print "<g font-size=\"11\" fill=\"#555\">" > picture
  for (i = 0; i <= 2; i++)
    print "<text x=\"" x + 17 "\" y=\"" y + height * (1 - i / 2) + 4 "\">" scale * i / 2 "</text>" > picture
  print "<text x=\"" x - 2 "\" y=\"" y - 10 "\">weight</text>\n</g>" > picture
}

# A token above its column: characters stand on each other, letters lie.
function print_above(x, y, token, picture,   short, character, i, pieces) {
  short = shortened(token)
  if (short ~ /[\001-\177\300-\337]/ && short !~ single) {
    print_label("transform=\"translate(" x + 0.36 * label " " y ") rotate(-90)\"", token, picture)
    return
  }
  pieces = ""
  while (match(short, end)) {
    character = substr(short, RSTART)
    short = substr(short, 1, RSTART - 1)
    pieces = "<tspan x=\"" x "\" y=\"" y - 2 - (label + 1) * i++ "\">" xml(character) "</tspan>" pieces
  }
  print "<text text-anchor=\"middle\">" pieces whole(token) "</text>" > picture
}

function print_label(place, token, picture) {
  print "<text " place ">" xml(shortened(token)) whole(token) "</text>" > picture
}

# What shows all of a token where there is no room for it.
function whole(token) {
  return shortened(token) == token ? "" : "<title>" xml(token) "</title>"
}

# A token that leaves room for the map.
function shortened(token) {
  if (extent(token, label) <= longest) return token
  token = substr(token, 1, longest)
  if (token !~ end) sub(/[\300-\364][\200-\277]*$/, "", token)
  while (extent(token, label) > longest - label) sub(end, "", token)
  return token "\342\200\246"
}

# The colour of a share, from 0 to 1, of the scale.
function colour(share,   at, part) {
  at = share * (stops - 1)
  part = smaller(int(at), stops - 2)
  return sprintf("#%02x%02x%02x", channel(1, part, at - part), channel(2, part, at - part),
    channel(3, part, at - part))
}

function channel(which, part, along) {
  return int(palette[3 * part + which] * (1 - along) + palette[3 * part + 3 + which] * along + 0.5)
}

function larger(a, b) { return a > b ? a : b }
function smaller(a, b) { return a < b ? a : b }
