#include "ckernels.h"
#include "vector_math.h"

DISPATCHED void ckernels_adam(
    long count, float *restrict parameters, float *restrict gradient, float *restrict mean,
    float *restrict variance, float scale, float beta1, float beta2, float rate, float epsilon) {
  VECTORISED
  for (long i = 0; i < count; i++) {
    float g = gradient[i] * scale;
    float m = mean[i] = beta1 * mean[i] + (1.0f - beta1) * g;
    float v = variance[i] = beta2 * variance[i] + (1.0f - beta2) * g * g;
    parameters[i] -= rate * m / (__builtin_sqrtf(v) + epsilon);
    gradient[i] = 0;
  }
}

DISPATCHED void ckernels_adamw(
    long count, float *restrict parameters, float *restrict gradient, float *restrict mean,
    float *restrict variance, float scale, float beta1, float beta2, float rate, float epsilon,
    float shrinkage) {
  VECTORISED
  for (long i = 0; i < count; i++) {
    float g = gradient[i] * scale;
    float m = mean[i] = beta1 * mean[i] + (1.0f - beta1) * g;
    float v = variance[i] = beta2 * variance[i] + (1.0f - beta2) * g * g;
    parameters[i] = shrinkage * parameters[i] - rate * m / (__builtin_sqrtf(v) + epsilon);
    gradient[i] = 0;
  }
}

DISPATCHED void ckernels_descend(
    long count, float *restrict parameters, float *restrict gradient, float scale, float rate) {
  VECTORISED
  for (long i = 0; i < count; i++) {
    parameters[i] -= rate * (gradient[i] * scale);
    gradient[i] = 0;
  }
}

DISPATCHED void ckernels_momentum(
    long count, float *restrict parameters, float *restrict gradient, float *restrict velocity,
    float scale, float momentum, float rate) {
  VECTORISED
  for (long i = 0; i < count; i++) {
    float v = velocity[i] = momentum * velocity[i] + gradient[i] * scale;
    parameters[i] -= rate * v;
    gradient[i] = 0;
  }
}

DISPATCHED void ckernels_adadelta(
    long count, float *restrict parameters, float *restrict gradient,
    float *restrict squared_gradient, float *restrict squared_move, float scale, float rho,
    float epsilon, float rate) {
  VECTORISED
  for (long i = 0; i < count; i++) {
    float g = gradient[i] * scale;
    float v = squared_gradient[i] = rho * squared_gradient[i] + (1.0f - rho) * g * g;
    float u = squared_move[i];
    float move = __builtin_sqrtf(u + epsilon) / __builtin_sqrtf(v + epsilon) * g;
    squared_move[i] = rho * u + (1.0f - rho) * move * move;
    parameters[i] -= rate * move;
    gradient[i] = 0;
  }
}

DISPATCHED void ckernels_average(
    long count, float weight, const float *restrict x, float *restrict average) {
  VECTORISED
  for (long i = 0; i < count; i++) average[i] += weight * (x[i] - average[i]);
}
