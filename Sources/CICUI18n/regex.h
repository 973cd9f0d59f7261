#pragma once
/* ICU's regular expressions; see CICU for why there are wrappers. */
#include <stdbool.h>
#include <unicode/uregex.h>

static inline URegularExpression *cicu_regex_open(
    const uint16_t *pattern, int32_t length, UErrorCode *status) {
  return uregex_open((const UChar *)pattern, length, 0, 0, status);
}

static inline void cicu_regex_close(URegularExpression *expression) {
  uregex_close(expression);
}

/* In thousands of the engine's steps, more or less; what takes longer is an error. */
static inline void cicu_regex_set_limit(
    URegularExpression *expression, int32_t limit, UErrorCode *status) {
  uregex_setTimeLimit(expression, limit, status);
}

/* The expression keeps a reference to the text, which must outlive its use. */
static inline void cicu_regex_set_text(
    URegularExpression *expression, const uint16_t *text, int32_t length, UErrorCode *status) {
  uregex_setText(expression, (const UChar *)text, length, status);
}

/* Whether all of the text matches. */
static inline bool cicu_regex_matches(URegularExpression *expression, UErrorCode *status) {
  return uregex_matches(expression, 0, status);
}

static inline bool cicu_regex_find_next(URegularExpression *expression, UErrorCode *status) {
  return uregex_findNext(expression, status);
}

/* Where a group of the last match begins; -1 if it has no part in it. */
static inline int32_t cicu_regex_start(
    URegularExpression *expression, int32_t group, UErrorCode *status) {
  return uregex_start(expression, group, status);
}

static inline int32_t cicu_regex_end(
    URegularExpression *expression, int32_t group, UErrorCode *status) {
  return uregex_end(expression, group, status);
}
