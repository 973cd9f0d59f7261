#include <math.h>

#include "ckernels.h"
#include "vector_math.h"

DISPATCHED float ckernels_largest(long count, const float *x) {
  float lanes[16], largest = -INFINITY;
  for (int l = 0; l < 16; l++) lanes[l] = -INFINITY;
  long whole = count / 16 * 16;
  for (long i = 0; i < whole; i += 16)
    for (int l = 0; l < 16; l++) lanes[l] = x[i + l] > lanes[l] ? x[i + l] : lanes[l];
  for (long i = whole; i < count; i++) largest = x[i] > largest ? x[i] : largest;
  for (int l = 0; l < 16; l++) largest = lanes[l] > largest ? lanes[l] : largest;
  return largest;
}

DISPATCHED void ckernels_sampling_weights(
    long count, const float *restrict x, float largest, float inverse_temperature,
    float *restrict weights) {
  VECTORISED
  for (long i = 0; i < count; i++) {
    float distance = (x[i] - largest) * inverse_temperature;
    weights[i] = distance < -80.0f ? 0.0f : exp_f(distance);
  }
}
