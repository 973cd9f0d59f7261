#include "ckernels.h"
#include "vector_math.h"

DISPATCHED void ckernels_add_bias(
    long rows, long columns, float *restrict x, const float *restrict bias) {
  for (long row = 0; row < rows; row++)
    VECTORISED
    for (long c = 0; c < columns; c++) x[row * columns + c] += bias[c];
}

DISPATCHED void ckernels_tanh_bias(
    long rows, long columns, float *restrict x, const float *restrict bias) {
  for (long row = 0; row < rows; row++)
    VECTORISED
    for (long c = 0; c < columns; c++)
      x[row * columns + c] = tanh_f(x[row * columns + c] + bias[c]);
}

DISPATCHED void ckernels_tanh_backward(
    long count, const float *restrict y, float *restrict d) {
  VECTORISED
  for (long i = 0; i < count; i++) d[i] *= 1.0f - y[i] * y[i];
}

DISPATCHED void ckernels_add_column_sums(
    long rows, long columns, const float *restrict x, long stride, float *restrict sums) {
  for (long row = 0; row < rows; row++)
    VECTORISED
    for (long c = 0; c < columns; c++) sums[c] += x[row * stride + c];
}

DISPATCHED void ckernels_add(long count, const float *restrict x, float *restrict y) {
  VECTORISED
  for (long i = 0; i < count; i++) y[i] += x[i];
}

DISPATCHED void ckernels_add_scaled(
    long count, float scale, const float *restrict x, float *restrict y) {
  VECTORISED
  for (long i = 0; i < count; i++) y[i] += scale * x[i];
}

DISPATCHED double ckernels_squared_norm(long count, const float *x) {
  double total = 0;
  VECTORISED
  for (long i = 0; i < count; i++) {
#pragma clang fp reassociate(on)
    total += (double)x[i] * (double)x[i];
  }
  return total;
}
