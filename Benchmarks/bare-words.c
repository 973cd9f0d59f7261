/* The bare loop that tokenize is measured against: ICU's word iterator over
   each line of a file, converted by ICU, its boundaries counted. It reads the
   file once and prints the seconds that the loop took.

   cc -O2 -o bare-words bare-words.c -licuuc */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unicode/ubrk.h>
#include <unicode/ustring.h>

int main(int count, char **arguments) {
  FILE *file = count == 2 ? fopen(arguments[1], "rb") : NULL;
  if (!file) {
    fprintf(stderr, "usage: bare-words file\n");
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
    while (ubrk_next(words) != UBRK_DONE) boundaries++;
    line = line_end + 1;
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  fprintf(stderr, "%ld boundaries\n", boundaries);
  printf("%.4f\n", end.tv_sec - start.tv_sec + (end.tv_nsec - start.tv_nsec) / 1e9);
  return 0;
}
