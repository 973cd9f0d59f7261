#include "ckernels.h"
#include "vector_math.h"

DISPATCHED void ckernels_gru_gates_forward(
    long rows, long extra, long hidden, float *gates, const float *sums, const float *joint,
    float *candidate) {
  for (long row = 0; row < rows; row++) {
    float *restrict r = gates + row * 3 * hidden, *restrict z = r + hidden;
    const float *restrict sum_r = sums + row * 2 * hidden, *restrict sum_z = sum_r + hidden;
    const float *restrict known = joint + row * (extra + hidden), *restrict h = known + extra;
    float *restrict copy = candidate + row * (extra + hidden), *restrict kept = copy + extra;
    VECTORISED
    for (long x = 0; x < extra; x++) copy[x] = known[x];
    VECTORISED
    for (long u = 0; u < hidden; u++) {
      float ru = sigmoid_f(r[u] + sum_r[u]);
      r[u] = ru;
      z[u] = sigmoid_f(z[u] + sum_z[u]);
      kept[u] = ru * h[u];
    }
  }
}

DISPATCHED void ckernels_gru_output_forward(
    long rows, long hidden, float *gates, const float *sums, const float *previous,
    float *output) {
  for (long row = 0; row < rows; row++) {
    float *restrict z = gates + row * 3 * hidden + hidden, *restrict n = z + hidden;
    const float *restrict sum = sums + row * hidden, *restrict h = previous + row * hidden;
    float *restrict next = output + row * hidden;
    VECTORISED
    for (long u = 0; u < hidden; u++) {
      float nu = tanh_f(n[u] + sum[u]);
      n[u] = nu;
      next[u] = nu + z[u] * (h[u] - nu);
    }
  }
}

DISPATCHED void ckernels_gru_output_backward(
    long rows, long hidden, float *gates, const float *previous, const float *d_output,
    float *d_sums, float *d_previous) {
  for (long row = 0; row < rows; row++) {
    float *restrict z = gates + row * 3 * hidden + hidden, *restrict n = z + hidden;
    const float *restrict h = previous + row * hidden, *restrict d = d_output + row * hidden;
    float *restrict d_sum = d_sums + row * hidden, *restrict d_h = d_previous + row * hidden;
    VECTORISED
    for (long u = 0; u < hidden; u++) {
      float zu = z[u], nu = n[u], du = d[u];
      float dn = du * (1.0f - zu) * (1.0f - nu * nu);
      z[u] = du * (h[u] - nu) * zu * (1.0f - zu);
      n[u] = dn;
      d_sum[u] = dn;
      d_h[u] = du * zu;
    }
  }
}

DISPATCHED void ckernels_gru_gates_backward(
    long rows, long extra, long hidden, float *gates, const float *joint, float *d_candidate,
    float *d_sums) {
  for (long row = 0; row < rows; row++) {
    float *restrict r = gates + row * 3 * hidden, *restrict z = r + hidden;
    const float *restrict h = joint + row * (extra + hidden) + extra;
    float *restrict d = d_candidate + row * (extra + hidden) + extra;
    float *restrict d_r = d_sums + row * 2 * hidden, *restrict d_z = d_r + hidden;
    VECTORISED
    for (long u = 0; u < hidden; u++) {
      float ru = r[u], du = d[u];
      float dr = du * h[u] * ru * (1.0f - ru);
      d[u] = du * ru;
      r[u] = dr;
      d_r[u] = dr;
      d_z[u] = z[u];
    }
  }
}
