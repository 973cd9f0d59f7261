#include <math.h>

#include "ckernels.h"
#include "vector_math.h"

/* Sums in vectors of partial sums: the order of a reduction is the compiler's, the same each run. */
#define SUMS _Pragma("clang fp reassociate(on)")

DISPATCHED void ckernels_additive_attention_forward(
    long length, long attention, long width, const float *restrict query, const float *keys,
    const float *restrict v, const float *states, float *restrict weights,
    float *restrict context) {
  float highest = -INFINITY;
  for (long j = 0; j < length; j++) {
    const float *restrict key = keys + j * attention;
    float score = 0;
    VECTORISED
    for (long a = 0; a < attention; a++) {
      SUMS
      score += v[a] * tanh_f(query[a] + key[a]);
    }
    weights[j] = score;
    highest = score > highest ? score : highest;
  }
  float total = 0;
  for (long j = 0; j < length; j++) {
    weights[j] = exp_f(weights[j] - highest);
    total += weights[j];
  }
  VECTORISED
  for (long d = 0; d < width; d++) context[d] = 0;
  for (long j = 0; j < length; j++) {
    float weight = weights[j] = weights[j] / total;
    const float *restrict state = states + j * width;
    VECTORISED
    for (long d = 0; d < width; d++) context[d] += weight * state[d];
  }
}

DISPATCHED void ckernels_additive_attention_backward(
    long length, long attention, long width, const float *restrict query, const float *keys,
    const float *restrict v, const float *states, const float *restrict weights,
    const float *restrict d_context, float *restrict d_query, float *d_keys,
    float *restrict d_v, float *d_states, float *restrict scratch) {
  float mean = 0;
  for (long j = 0; j < length; j++) {
    const float *restrict state = states + j * width;
    float *restrict d_state = d_states + j * width;
    float dot = 0, weight = weights[j];
    VECTORISED
    for (long d = 0; d < width; d++) {
      SUMS
      dot += d_context[d] * state[d];
      d_state[d] += weight * d_context[d];
    }
    scratch[j] = dot;
    mean += weight * dot;
  }
  VECTORISED
  for (long a = 0; a < attention; a++) d_query[a] = 0;
  for (long j = 0; j < length; j++) {
    const float *restrict key = keys + j * attention;
    float *restrict d_key = d_keys + j * attention;
    float d_score = weights[j] * (scratch[j] - mean);
    VECTORISED
    for (long a = 0; a < attention; a++) {
      float t = tanh_f(query[a] + key[a]);
      float d = d_score * v[a] * (1.0f - t * t);
      d_v[a] += d_score * t;
      d_key[a] += d;
      d_query[a] += d;
    }
  }
}
