#pragma once
/* ICU renames every C function with its version: ubrk_open is really
   ubrk_open_72. The rename is a macro, which Swift cannot see, so each function
   called has a wrapper here with a fixed name. */
#include <stdbool.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
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

/* The East_Asian_Width property of a character. */
static inline UEastAsianWidth cicu_east_asian_width(UChar32 character) {
  return (UEastAsianWidth)u_getIntPropertyValue(character, UCHAR_EAST_ASIAN_WIDTH);
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

/* A converter that stops at what it cannot convert. */
static inline UConverter *cicu_converter_open(const char *name, UErrorCode *status) {
  UConverter *converter = ucnv_open(name, status);
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, 0, 0, 0, status);
  ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, 0, 0, 0, status);
  if (U_FAILURE(*status)) {
    ucnv_close(converter);
    converter = 0;
  }
  return converter;
}

static inline void cicu_converter_close(UConverter *converter) {
  ucnv_close(converter);
}

/* Moves `source` and `target`; `offsets` has, for each unit, where in this source it began. */
static inline void cicu_converter_decode(
    UConverter *converter, uint16_t **target, const uint16_t *target_end, const char **source,
    const char *source_end, int32_t *offsets, bool is_end, UErrorCode *status) {
  ucnv_toUnicode(
      converter, (UChar **)target, (const UChar *)target_end, source, source_end, offsets,
      is_end, status);
}

/* The bytes at which the converter stopped; `count` is how many fit, and becomes how many are. */
static inline void cicu_converter_invalid(
    const UConverter *converter, char *bytes, int8_t *count, UErrorCode *status) {
  ucnv_getInvalidChars(converter, bytes, count, status);
}

/* How many bytes behind the last invalid ones the converter has taken and will look at again. */
static inline int32_t cicu_converter_pending(const UConverter *converter, UErrorCode *status) {
  return ucnv_toUCountPending(converter, status);
}

/* Encodes a whole text; returns how many bytes it takes. */
static inline int32_t cicu_converter_encode(
    UConverter *converter, char *target, int32_t capacity, const uint16_t *text, int32_t length,
    UErrorCode *status) {
  return ucnv_fromUChars(converter, target, capacity, (const UChar *)text, length, status);
}

static inline const char *cicu_converter_name(const UConverter *converter, UErrorCode *status) {
  return ucnv_getName(converter, status);
}

static inline int8_t cicu_converter_shortest(const UConverter *converter) {
  return ucnv_getMinCharSize(converter);
}

static inline bool cicu_converter_is_utf8(const UConverter *converter) {
  return ucnv_getType(converter) == UCNV_UTF8;
}

/* Whether the converter takes a byte order mark at the start off by itself. */
static inline bool cicu_converter_takes_mark(const UConverter *converter) {
  UConverterType type = ucnv_getType(converter);
  return type == UCNV_UTF16 || type == UCNV_UTF32;
}

static inline int32_t cicu_encoding_count(void) {
  return ucnv_countAvailable();
}

static inline const char *cicu_encoding_name(int32_t index) {
  return ucnv_getAvailableName(index);
}

static inline uint16_t cicu_alias_count(const char *name, UErrorCode *status) {
  return ucnv_countAliases(name, status);
}

static inline const char *cicu_alias(const char *name, uint16_t index, UErrorCode *status) {
  return ucnv_getAlias(name, index, status);
}

/* The name that a standard, such as MIME, has for an encoding; null if it has none. */
static inline const char *cicu_standard_name(
    const char *name, const char *standard, UErrorCode *status) {
  return ucnv_getStandardName(name, standard, status);
}
