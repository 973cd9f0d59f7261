#include "ckernels.h"
#include "vector_math.h"

DISPATCHED void ckernels_lstm_forward(
    long rows, long hidden, float *gates, const float *previous_memory, float *memory,
    float *output) {
  for (long row = 0; row < rows; row++) {
    float *restrict i = gates + row * 4 * hidden, *restrict f = i + hidden;
    float *restrict g = f + hidden, *restrict o = g + hidden;
    const float *restrict c = previous_memory + row * hidden;
    float *restrict next = memory + row * hidden, *restrict h = output + row * hidden;
    VECTORISED
    for (long u = 0; u < hidden; u++) {
      float iu = sigmoid_f(i[u]), fu = sigmoid_f(f[u]), gu = tanh_f(g[u]), ou = sigmoid_f(o[u]);
      float cu = fu * c[u] + iu * gu;
      i[u] = iu;
      f[u] = fu;
      g[u] = gu;
      o[u] = ou;
      next[u] = cu;
      h[u] = ou * tanh_f(cu);
    }
  }
}

DISPATCHED void ckernels_lstm_backward(
    long rows, long hidden, float *gates, const float *previous_memory, const float *memory,
    const float *d_output, float *d_memory) {
  for (long row = 0; row < rows; row++) {
    float *restrict i = gates + row * 4 * hidden, *restrict f = i + hidden;
    float *restrict g = f + hidden, *restrict o = g + hidden;
    const float *restrict previous = previous_memory + row * hidden;
    const float *restrict c = memory + row * hidden, *restrict dh = d_output + row * hidden;
    float *restrict dc = d_memory + row * hidden;
    VECTORISED
    for (long u = 0; u < hidden; u++) {
      float iu = i[u], fu = f[u], gu = g[u], ou = o[u], s = tanh_f(c[u]);
      float d = dc[u] + dh[u] * ou * (1.0f - s * s);
      i[u] = d * gu * iu * (1.0f - iu);
      f[u] = d * previous[u] * fu * (1.0f - fu);
      g[u] = d * iu * (1.0f - gu * gu);
      o[u] = dh[u] * s * ou * (1.0f - ou);
      dc[u] = d * fu;
    }
  }
}
