#include <math.h>

#include "ckernels.h"
#include "vector_math.h"

/* x += bias; returns the largest of x. */
INLINE float add_bias_and_find_highest(long columns, float *restrict x, const float *restrict bias) {
  /* A maximum is no sum: without sixteen of them side by side the loop stays scalar. */
  float lanes[16], highest = -INFINITY;
  for (int l = 0; l < 16; l++) lanes[l] = -INFINITY;
  long whole = columns / 16 * 16;
  for (long c = 0; c < whole; c += 16) {
    for (int l = 0; l < 16; l++) {
      float value = x[c + l] + bias[c + l];
      x[c + l] = value;
      lanes[l] = value > lanes[l] ? value : lanes[l];
    }
  }
  for (long c = whole; c < columns; c++) {
    x[c] += bias[c];
    highest = x[c] > highest ? x[c] : highest;
  }
  for (int l = 0; l < 16; l++) highest = lanes[l] > highest ? lanes[l] : highest;
  return highest;
}

INLINE float sum_of_exponentials(long columns, const float *restrict x, float highest) {
  float total = 0;
  VECTORISED
  for (long c = 0; c < columns; c++) {
#pragma clang fp reassociate(on)
    total += exp_f(x[c] - highest);
  }
  return total;
}

DISPATCHED float ckernels_sum_of_exponentials(long count, const float *x, float largest) {
  return sum_of_exponentials(count, x, largest);
}

DISPATCHED void ckernels_add_exponentials(
    long count, const float *restrict x, float constant, float scale, float *restrict y) {
  VECTORISED
  for (long i = 0; i < count; i++) y[i] += scale * exp_f(x[i] - constant);
}

DISPATCHED void ckernels_logarithms(long count, float *x) {
  VECTORISED
  for (long i = 0; i < count; i++) x[i] = log_f(x[i]);
}

DISPATCHED void ckernels_softmax_statistics(
    long rows, long columns, float *logits, const float *bias, float *largest, float *total) {
  for (long row = 0; row < rows; row++) {
    float *x = logits + row * columns;
    largest[row] = add_bias_and_find_highest(columns, x, bias);
    total[row] = sum_of_exponentials(columns, x, largest[row]);
  }
}

DISPATCHED void ckernels_scaled_softmax(
    long rows, long columns, float *x, const float *normalisers, float scale) {
  for (long row = 0; row < rows; row++) {
    float *restrict y = x + row * columns;
    float normaliser = normalisers[row];
    VECTORISED
    for (long c = 0; c < columns; c++) y[c] = scale * exp_f(y[c] - normaliser);
  }
}
