#pragma once
/* What ICU knows of locales; see shim.h for why there are wrappers. */
#include <stdbool.h>
#include <unicode/uchar.h>
#include <unicode/uenum.h>
#include <unicode/uloc.h>

/* The name ICU has for the locale of a BCP 47 tag, and how much of the tag it understood. */
static inline int32_t cicu_locale_for_tag(
    const char *tag, char *name, int32_t capacity, int32_t *understood, UErrorCode *status) {
  return uloc_forLanguageTag(tag, name, capacity, understood, status);
}

static inline int32_t cicu_locale_canonicalize(
    const char *locale, char *name, int32_t capacity, UErrorCode *status) {
  return uloc_canonicalize(locale, name, capacity, status);
}

static inline int32_t cicu_locale_language(
    const char *locale, char *language, int32_t capacity, UErrorCode *status) {
  return uloc_getLanguage(locale, language, capacity, status);
}

static inline int32_t cicu_locale_country(
    const char *locale, char *country, int32_t capacity, UErrorCode *status) {
  return uloc_getCountry(locale, country, capacity, status);
}

static inline int32_t cicu_locale_script(
    const char *locale, char *script, int32_t capacity, UErrorCode *status) {
  return uloc_getScript(locale, script, capacity, status);
}

static inline bool cicu_is_script(const char *script) {
  return u_getPropertyValueEnum(UCHAR_SCRIPT, script) != UCHAR_INVALID_CODE;
}

/* The codes of three letters for a locale's language and country; "" for what is not known. */
static inline const char *cicu_locale_iso3_language(const char *locale) {
  return uloc_getISO3Language(locale);
}

static inline const char *cicu_locale_iso3_country(const char *locale) {
  return uloc_getISO3Country(locale);
}

/* The keywords of a locale; null where it has none. */
static inline UEnumeration *cicu_locale_keywords(const char *locale, UErrorCode *status) {
  return uloc_openKeywords(locale, status);
}

static inline int32_t cicu_locale_keyword_value(
    const char *locale, const char *keyword, char *value, int32_t capacity, UErrorCode *status) {
  return uloc_getKeywordValue(locale, keyword, value, capacity, status);
}

static inline const char *cicu_enumeration_next(UEnumeration *enumeration, UErrorCode *status) {
  return uenum_next(enumeration, 0, status);
}

static inline void cicu_enumeration_close(UEnumeration *enumeration) {
  uenum_close(enumeration);
}
