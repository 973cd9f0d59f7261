#pragma once
/* ICU renames every C function with its version: ubrk_open is really
   ubrk_open_72. The rename is a macro, which Swift cannot see, so each function
   called has a wrapper here with a fixed name. */
#include <unicode/ubrk.h>
#include <unicode/uversion.h>

static inline UBreakIterator *cicu_break_open(
    UBreakIteratorType kind, const char *locale, UErrorCode *status) {
  return ubrk_open(kind, locale, 0, 0, status);
}
