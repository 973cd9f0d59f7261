#include <math.h>

#include "ckernels.h"
#include "vector_math.h"

INLINE float largest_magnitude(long count, const float *x) {
  float lanes[16] = {0}, largest = 0;
  long whole = count / 16 * 16;
  for (long i = 0; i < whole; i += 16)
    for (int l = 0; l < 16; l++) {
      float magnitude = fabsf(x[i + l]);
      lanes[l] = magnitude > lanes[l] ? magnitude : lanes[l];
    }
  for (long i = whole; i < count; i++) largest = fabsf(x[i]) > largest ? fabsf(x[i]) : largest;
  for (int l = 0; l < 16; l++) largest = lanes[l] > largest ? lanes[l] : largest;
  return largest;
}

DISPATCHED void ckernels_quantize_rows(
    long rows, long columns, const float *restrict x, float limit, int8_t *restrict q,
    float *restrict scales) {
  for (long row = 0; row < rows; row++) {
    const float *restrict from = x + row * columns;
    int8_t *restrict to = q + row * columns;
    float largest = largest_magnitude(columns, from);
    float inverse = largest > 0 ? limit / largest : 0;
    scales[row] = largest / limit;
    VECTORISED
    for (long c = 0; c < columns; c++) {
      /* Adding and taking away 1.5·2^23 rounds to an integer. */
      float rounded = (from[c] * inverse + 12582912.0f) - 12582912.0f;
      to[c] = (int8_t)(int32_t)rounded;
    }
  }
}

DISPATCHED void ckernels_dequantize(
    long rows, long columns, const int32_t *restrict sums, const float *restrict row_scales,
    const float *restrict column_scales, int adding, float *restrict y) {
  for (long row = 0; row < rows; row++) {
    const int32_t *restrict from = sums + row * columns;
    float *restrict to = y + row * columns, scale = row_scales[row];
    if (adding)
      VECTORISED
      for (long c = 0; c < columns; c++) to[c] += scale * column_scales[c] * (float)from[c];
    else
      VECTORISED
      for (long c = 0; c < columns; c++) to[c] = scale * column_scales[c] * (float)from[c];
  }
}

void ckernels_transpose_int8(long rows, long columns, const int8_t *restrict x, int8_t *restrict y) {
  enum { block = 64 };
  for (long r = 0; r < rows; r += block)
    for (long c = 0; c < columns; c += block)
      for (long i = r; i < r + block && i < rows; i++)
        for (long j = c; j < c + block && j < columns; j++) y[j * rows + i] = x[i * columns + j];
}

DISPATCHED void ckernels_column_magnitudes(
    long rows, long columns, const float *restrict x, float *restrict magnitudes) {
  for (long c = 0; c < columns; c++) magnitudes[c] = 0;
  for (long row = 0; row < rows; row++)
    VECTORISED
    for (long c = 0; c < columns; c++) {
      float magnitude = fabsf(x[row * columns + c]);
      magnitudes[c] = magnitude > magnitudes[c] ? magnitude : magnitudes[c];
    }
}

DISPATCHED void ckernels_quantize_columns(
    long rows, long columns, const float *restrict x, const float *restrict inverses,
    int8_t *restrict q) {
  for (long row = 0; row < rows; row++)
    VECTORISED
    for (long c = 0; c < columns; c++) {
      float rounded = (x[row * columns + c] * inverses[c] + 12582912.0f) - 12582912.0f;
      q[row * columns + c] = (int8_t)(int32_t)rounded;
    }
}
