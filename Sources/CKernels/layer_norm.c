#include "ckernels.h"
#include "vector_math.h"

#define SUMS _Pragma("clang fp reassociate(on)")

DISPATCHED void ckernels_normalize(
    long rows, long columns, float epsilon, float *x, float *inverse_deviations) {
  for (long row = 0; row < rows; row++) {
    float *restrict y = x + row * columns;
    float total = 0, squares = 0;
    VECTORISED
    for (long c = 0; c < columns; c++) {
      SUMS
      total += y[c];
    }
    float mean = total / (float)columns;
    VECTORISED
    for (long c = 0; c < columns; c++) {
      SUMS
      y[c] -= mean;
      squares += y[c] * y[c];
    }
    float inverse = 1.0f / __builtin_sqrtf(squares / (float)columns + epsilon);
    inverse_deviations[row] = inverse;
    VECTORISED
    for (long c = 0; c < columns; c++) y[c] *= inverse;
  }
}

DISPATCHED void ckernels_normalize_backward(
    long rows, long columns, const float *d_output, long stride, const float *restrict gain,
    float *normal, const float *inverse_deviations, float *restrict d_gain) {
  for (long row = 0; row < rows; row++) {
    const float *restrict d = d_output + row * stride;
    float *restrict y = normal + row * columns;
    float sum = 0, dot = 0;
    VECTORISED
    for (long c = 0; c < columns; c++) {
      SUMS
      float dy = d[c] * gain[c];
      d_gain[c] += d[c] * y[c];
      sum += dy;
      dot += dy * y[c];
    }
    float mean = sum / (float)columns, slope = dot / (float)columns;
    float inverse = inverse_deviations[row];
    VECTORISED
    for (long c = 0; c < columns; c++) y[c] = inverse * (d[c] * gain[c] - mean - y[c] * slope);
  }
}
