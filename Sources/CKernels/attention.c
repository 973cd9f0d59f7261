#include <math.h>

#include "ckernels.h"
#include "vector_math.h"

/* Sums in vectors of partial sums: the order of a reduction is the compiler's, the same each run. */
#define SUMS _Pragma("clang fp reassociate(on)")

DISPATCHED void ckernels_additive_scores(
    long length, long attention, const float *restrict query, const float *keys,
    const float *restrict v, float *restrict scores) {
  for (long j = 0; j < length; j++) {
    const float *restrict key = keys + j * attention;
    float score = 0;
    VECTORISED
    for (long a = 0; a < attention; a++) {
      SUMS
      score += v[a] * tanh_f(query[a] + key[a]);
    }
    scores[j] = score;
  }
}

DISPATCHED void ckernels_additive_scores_backward(
    long length, long attention, const float *restrict query, const float *keys,
    const float *restrict v, const float *restrict d_scores, float *restrict d_query,
    float *d_keys, float *restrict d_v) {
  for (long j = 0; j < length; j++) {
    const float *restrict key = keys + j * attention;
    float *restrict d_key = d_keys + j * attention;
    float d_score = d_scores[j];
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

DISPATCHED void ckernels_coverage_scores(
    long length, long attention, const float *restrict query, const float *keys,
    const float *restrict v, const float *restrict w, const float *restrict coverage,
    float *restrict scores) {
  for (long j = 0; j < length; j++) {
    const float *restrict key = keys + j * attention;
    float score = 0, covered = coverage[j];
    VECTORISED
    for (long a = 0; a < attention; a++) {
      SUMS
      score += v[a] * tanh_f(query[a] + key[a] + covered * w[a]);
    }
    scores[j] = score;
  }
}

DISPATCHED void ckernels_coverage_scores_backward(
    long length, long attention, const float *restrict query, const float *keys,
    const float *restrict v, const float *restrict w, const float *restrict coverage,
    const float *restrict d_scores, float *restrict d_query, float *d_keys, float *restrict d_v,
    float *restrict d_w, float *restrict d_coverage) {
  for (long j = 0; j < length; j++) {
    const float *restrict key = keys + j * attention;
    float *restrict d_key = d_keys + j * attention;
    float d_score = d_scores[j], covered = coverage[j], d_covered = 0;
    VECTORISED
    for (long a = 0; a < attention; a++) {
      SUMS
      float t = tanh_f(query[a] + key[a] + covered * w[a]);
      float d = d_score * v[a] * (1.0f - t * t);
      d_v[a] += d_score * t;
      d_key[a] += d;
      d_query[a] += d;
      d_w[a] += d * covered;
      d_covered += d * w[a];
    }
    d_coverage[j] += d_covered;
  }
}

DISPATCHED void ckernels_dot_scores(
    long length, long width, float scale, const float *restrict query, const float *keys,
    float *restrict scores) {
  for (long j = 0; j < length; j++) {
    const float *restrict key = keys + j * width;
    float score = 0;
    VECTORISED
    for (long d = 0; d < width; d++) {
      SUMS
      score += query[d] * key[d];
    }
    scores[j] = scale * score;
  }
}

DISPATCHED void ckernels_dot_scores_backward(
    long length, long width, float scale, const float *restrict query, const float *keys,
    const float *restrict d_scores, float *restrict d_query, float *d_keys) {
  for (long j = 0; j < length; j++) {
    const float *restrict key = keys + j * width;
    float *restrict d_key = d_keys + j * width;
    float d_score = scale * d_scores[j];
    VECTORISED
    for (long d = 0; d < width; d++) {
      d_query[d] += d_score * key[d];
      d_key[d] += d_score * query[d];
    }
  }
}

DISPATCHED void ckernels_softmax(long count, float *restrict x) {
  float highest = -INFINITY;
  for (long j = 0; j < count; j++) highest = x[j] > highest ? x[j] : highest;
  float total = 0;
  for (long j = 0; j < count; j++) {
    x[j] = exp_f(x[j] - highest);
    total += x[j];
  }
  for (long j = 0; j < count; j++) x[j] /= total;
}

DISPATCHED void ckernels_weighted_sum(
    long length, long width, const float *restrict weights, const float *states,
    float *restrict sum) {
  VECTORISED
  for (long d = 0; d < width; d++) sum[d] = 0;
  for (long j = 0; j < length; j++) {
    float weight = weights[j];
    const float *restrict state = states + j * width;
    VECTORISED
    for (long d = 0; d < width; d++) sum[d] += weight * state[d];
  }
}

DISPATCHED void ckernels_weighted_sum_backward(
    long length, long width, const float *restrict weights, const float *states,
    const float *restrict d_sum, float *restrict d_weights, float *d_states) {
  for (long j = 0; j < length; j++) {
    const float *restrict state = states + j * width;
    float *restrict d_state = d_states + j * width;
    float dot = 0, weight = weights[j];
    VECTORISED
    for (long d = 0; d < width; d++) {
      SUMS
      dot += d_sum[d] * state[d];
      d_state[d] += weight * d_sum[d];
    }
    d_weights[j] = dot;
  }
}
