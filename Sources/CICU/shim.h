#pragma once
/* ICU renames every C function with its version: ubrk_open is really
   ubrk_open_72. The rename is a macro, which Swift cannot see, so each function
   called has a wrapper here with a fixed name. */
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/uversion.h>

#include "locale.h"

static inline UBreakIterator *cicu_break_open(
    UBreakIteratorType kind, const char *locale, UErrorCode *status) {
  return ubrk_open(kind, locale, 0, 0, status);
}

static inline void cicu_break_close(UBreakIterator *iterator) {
  ubrk_close(iterator);
}

/* The iterator keeps a reference to the text, which must outlive its use. */
static inline void cicu_break_set_text(
    UBreakIterator *iterator, const uint16_t *text, int32_t length, UErrorCode *status) {
  ubrk_setText(iterator, (const UChar *)text, length, status);
}

static inline int32_t cicu_break_next(UBreakIterator *iterator) {
  return ubrk_next(iterator);
}

/* How long the compiled rules of an iterator are; with memory for them, also copies them. */
static inline int32_t cicu_break_rules(
    UBreakIterator *iterator, uint8_t *rules, int32_t capacity, UErrorCode *status) {
  return ubrk_getBinaryRules(iterator, rules, capacity, status);
}

/* The Word_Break property of a character. */
static inline UWordBreakValues cicu_word_break(UChar32 character) {
  return (UWordBreakValues)u_getIntPropertyValue(character, UCHAR_WORD_BREAK);
}

/* The Sentence_Break property of a character. */
static inline USentenceBreak cicu_sentence_break(UChar32 character) {
  return (USentenceBreak)u_getIntPropertyValue(character, UCHAR_SENTENCE_BREAK);
}

static inline const char *cicu_error_name(UErrorCode status) {
  return u_errorName(status);
}

/* The version of the ICU that runs, which may be newer than these headers. */
static inline void cicu_version(char *text) {
  UVersionInfo version;
  u_getVersion(version);
  u_versionToString(version, text);
}
