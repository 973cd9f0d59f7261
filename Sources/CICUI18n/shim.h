#pragma once
/* What ICU has in its second library; see CICU for why there are wrappers. */
#include <unicode/ucsdet.h>
#include <unicode/uenum.h>
#include <unicode/utrans.h>

static inline UCharsetDetector *cicu_detector_open(UErrorCode *status) {
  return ucsdet_open(status);
}

static inline void cicu_detector_close(UCharsetDetector *detector) {
  ucsdet_close(detector);
}

/* The detector keeps a reference to the text, which must outlive its use. */
static inline const UCharsetMatch **cicu_detector_matches(
    UCharsetDetector *detector, const char *text, int32_t length, int32_t *count,
    UErrorCode *status) {
  ucsdet_setText(detector, text, length, status);
  return ucsdet_detectAll(detector, count, status);
}

static inline const char *cicu_match_name(const UCharsetMatch *match, UErrorCode *status) {
  return ucsdet_getName(match, status);
}

/* From 0 to 100. */
static inline int32_t cicu_match_confidence(const UCharsetMatch *match, UErrorCode *status) {
  return ucsdet_getConfidence(match, status);
}

static inline void *cicu_transliterator_open(
    const uint16_t *id, int32_t length, UErrorCode *status) {
  UParseError place;
  return utrans_openU((const UChar *)id, length, UTRANS_FORWARD, 0, 0, &place, status);
}

static inline void cicu_transliterator_close(void *transliterator) {
  utrans_close((UTransliterator *)transliterator);
}

/* Changes all of a text in place; its new length is told where it does not fit, too. */
static inline void cicu_transliterate(
    void *transliterator, uint16_t *text, int32_t *length, int32_t capacity,
    UErrorCode *status) {
  int32_t limit = *length;
  utrans_transUChars(
      (UTransliterator *)transliterator, (UChar *)text, length, capacity, 0, &limit, status);
}

static inline UEnumeration *cicu_transliterator_ids(UErrorCode *status) {
  return utrans_openIDs(status);
}

/* Null behind the last. */
static inline const uint16_t *cicu_enumeration_next(
    UEnumeration *enumeration, int32_t *length, UErrorCode *status) {
  return (const uint16_t *)uenum_unext(enumeration, length, status);
}
