/* The bare loop that tokenize is measured against: ICU's word iterator over
   each line of a file, converted by ICU, its boundaries counted. It reads the
   file once and prints the seconds that the loop took; with -p it prints the
   words instead, each line of text on a line, with a space between them.

   cc -O2 -o bare-words bare-words.c -licuuc */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>

/* Prints a word with a space before it, but for those of spaces. */
static void print_word(const UChar *units, int32_t count, int is_first) {
  char word[4096];
  int32_t length = 0;
  UErrorCode status = U_ZERO_ERROR;
  if (units[0] == ' ') return;
  u_strToUTF8(word, sizeof word, &length, units, count, &status);
  if (!is_first) putchar(' ');
  fwrite(word, 1, length, stdout);
}

int main(int count, char **arguments) {
  int prints = count == 3 && !strcmp(arguments[1], "-p");
  FILE *file = count == 2 + prints ? fopen(arguments[1 + prints], "rb") : NULL;
  if (!file) {
    fprintf(stderr, "usage: bare-words [-p] file\n");
    return 64;
  }
  fseek(file, 0, SEEK_END);
  long size = ftell(file);
  rewind(file);
  char *text = malloc(size + 1);
  UChar *units = malloc(sizeof(UChar) * (size + 1));
  if (!text || !units || fread(text, 1, size, file) != (size_t)size) return 74;

  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *words = ubrk_open(UBRK_WORD, "zh", NULL, 0, &status);
  long boundaries = 0;
  for (char *line = text; line < text + size;) {
    char *line_end = memchr(line, '\n', text + size - line);
    if (!line_end) line_end = text + size;
    int32_t length = 0;
    u_strFromUTF8(units, size, &length, line, line_end - line, &status);
    ubrk_setText(words, units, length, &status);
    if (U_FAILURE(status)) return 65;
    if (prints) {
      int32_t word = 0;
      for (int32_t next; (next = ubrk_next(words)) != UBRK_DONE; word = next)
        print_word(units + word, next - word, word == 0);
      putchar('\n');
    } else {
      while (ubrk_next(words) != UBRK_DONE) boundaries++;
    }
    line = line_end + 1;
  }
  if (prints) return 0;
  clock_gettime(CLOCK_MONOTONIC, &end);
  fprintf(stderr, "%ld boundaries\n", boundaries);
  printf("%.4f\n", end.tv_sec - start.tv_sec + (end.tv_nsec - start.tv_nsec) / 1e9);
  return 0;
}
