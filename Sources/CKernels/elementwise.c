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

DISPATCHED void ckernels_rnn_forward(long count, float *restrict gates, float *restrict output) {
  VECTORISED
  for (long i = 0; i < count; i++) {
    float h = tanh_f(gates[i]);
    gates[i] = h;
    output[i] = h;
  }
}

DISPATCHED void ckernels_rnn_backward(
    long count, float *restrict gates, const float *restrict d_output) {
  VECTORISED
  for (long i = 0; i < count; i++) gates[i] = d_output[i] * (1.0f - gates[i] * gates[i]);
}

DISPATCHED void ckernels_maxout(
    long rows, long columns, float *restrict x, const float *restrict bias, float *restrict y) {
  for (long row = 0; row < rows; row++) {
    float *restrict pairs = x + row * 2 * columns, *restrict to = y + row * columns;
    VECTORISED
    for (long c = 0; c < 2 * columns; c++) pairs[c] += bias[c];
    VECTORISED
    for (long c = 0; c < columns; c++)
      to[c] = pairs[2 * c] > pairs[2 * c + 1] ? pairs[2 * c] : pairs[2 * c + 1];
  }
}

DISPATCHED void ckernels_maxout_backward(
    long rows, long columns, const float *restrict d, float *restrict x) {
  for (long row = 0; row < rows; row++) {
    const float *restrict from = d + row * columns;
    float *restrict pairs = x + row * 2 * columns;
    VECTORISED
    for (long c = 0; c < columns; c++) {
      int first = pairs[2 * c] > pairs[2 * c + 1];
      pairs[2 * c] = first ? from[c] : 0.0f;
      pairs[2 * c + 1] = first ? 0.0f : from[c];
    }
  }
}

DISPATCHED void ckernels_multiply_add_rows(
    long rows, long columns, const float *restrict x, const float *restrict factors,
    float *restrict y, long stride) {
  for (long row = 0; row < rows; row++)
    VECTORISED
    for (long c = 0; c < columns; c++) y[row * stride + c] += factors[c] * x[row * columns + c];
}
