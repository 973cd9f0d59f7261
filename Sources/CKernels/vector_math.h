#pragma once

#include <stdint.h>
#include <string.h>

/* One binary runs everywhere: the loops are built for each level and the dynamic loader picks. */
#if defined(__x86_64__)
#define DISPATCHED \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define DISPATCHED
#endif

/* The arrays of a loop never overlap: the compiler need not check. */
#define VECTORISED _Pragma("clang loop vectorize(assume_safety)")

#define INLINE static inline __attribute__((always_inline))

/* e^x to 2 units in the last place, without branches, so that a loop over it vectorises.

   x = n·ln 2 + r with |r| ≤ ln 2 / 2; e^r by a polynomial (Cephes, S. Moshier), 2^n by its bits. */
INLINE float exp_f(float x) {
  x = x < -87.0f ? -87.0f : x;
  x = x > 88.0f ? 88.0f : x;
  /* Adding and taking away 1.5·2^23 rounds to an integer at every level of the instruction set. */
  float n = (x * 1.44269504088896341f + 12582912.0f) - 12582912.0f;
  float r = x - n * 0.693359375f;
  r = r - n * -2.12194440e-4f;
  float p = 1.9875691500e-4f;
  p = p * r + 1.3981999507e-3f;
  p = p * r + 8.3334519073e-3f;
  p = p * r + 4.1665795894e-2f;
  p = p * r + 1.6666665459e-1f;
  p = p * r + 5.0000001201e-1f;
  p = p * r * r + r + 1.0f;
  int32_t bits = ((int32_t)n + 127) << 23;
  float power;
  memcpy(&power, &bits, sizeof power);
  return p * power;
}

/* ln x to 2 units in the last place, without branches; of less than the least normal number, 0
   too, that number's.

   x = 2^n·m with √½ ≤ m < √2; ln m by a polynomial in m − 1 (Cephes, S. Moshier). */
INLINE float log_f(float x) {
  x = x < 1.17549435e-38f ? 1.17549435e-38f : x;
  int32_t bits;
  memcpy(&bits, &x, sizeof bits);
  const int32_t root_of_half = 0x3f3504f3;
  float n = (float)((bits - root_of_half) >> 23);
  bits = ((bits - root_of_half) & 0x7fffff) + root_of_half;
  float f;
  memcpy(&f, &bits, sizeof f);
  f -= 1.0f;
  float p = 7.0376836292e-2f;
  p = p * f - 1.1514610310e-1f;
  p = p * f + 1.1676998740e-1f;
  p = p * f - 1.2420140846e-1f;
  p = p * f + 1.4249322787e-1f;
  p = p * f - 1.6668057665e-1f;
  p = p * f + 2.0000714765e-1f;
  p = p * f - 2.4999993993e-1f;
  p = p * f + 3.3333331174e-1f;
  float square = f * f;
  float y = p * f * square + n * -2.12194440e-4f - 0.5f * square;
  return f + y + n * 0.693359375f;
}

INLINE float sigmoid_f(float x) { return 1.0f / (1.0f + exp_f(-x)); }

/* tanh x = 2σ(2x) − 1; the absolute error stays near 10⁻⁷. */
INLINE float tanh_f(float x) { return 2.0f / (1.0f + exp_f(-2.0f * x)) - 1.0f; }
