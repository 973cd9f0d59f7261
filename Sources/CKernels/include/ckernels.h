#pragma once

/* The elementwise loops of the hot path, fused, in single precision.

   Every function is a plain loop that the compiler vectorises; on x86-64 it is
   built for three levels of the instruction set and the right one is chosen when
   the program is loaded. Matrices are row-major. What each function computes is
   documented at its Swift counterpart in the module Kernels, where a plain
   version of it serves double precision and the tests. */

#include <stdint.h>

void ckernels_lstm_forward(
    long rows, long hidden, float *gates, const float *previous_memory, float *memory,
    float *output);

void ckernels_lstm_backward(
    long rows, long hidden, float *gates, const float *previous_memory, const float *memory,
    const float *d_output, float *d_memory);

void ckernels_rnn_forward(long count, float *gates, float *output);
void ckernels_rnn_backward(long count, float *gates, const float *d_output);

void ckernels_gru_gates_forward(
    long rows, long extra, long hidden, float *gates, const float *sums, const float *joint,
    float *candidate);
void ckernels_gru_output_forward(
    long rows, long hidden, float *gates, const float *sums, const float *previous,
    float *output);
void ckernels_gru_output_backward(
    long rows, long hidden, float *gates, const float *previous, const float *d_output,
    float *d_sums, float *d_previous);
void ckernels_gru_gates_backward(
    long rows, long extra, long hidden, float *gates, const float *joint, float *d_candidate,
    float *d_sums);

void ckernels_additive_scores(
    long length, long attention, const float *query, const float *keys, const float *v,
    float *scores);
void ckernels_additive_scores_backward(
    long length, long attention, const float *query, const float *keys, const float *v,
    const float *d_scores, float *d_query, float *d_keys, float *d_v);
void ckernels_coverage_scores(
    long length, long attention, const float *query, const float *keys, const float *v,
    const float *w, const float *coverage, float *scores);
void ckernels_coverage_scores_backward(
    long length, long attention, const float *query, const float *keys, const float *v,
    const float *w, const float *coverage, const float *d_scores, float *d_query, float *d_keys,
    float *d_v, float *d_w, float *d_coverage);
void ckernels_dot_scores(
    long length, long width, float scale, const float *query, const float *keys, float *scores);
void ckernels_dot_scores_backward(
    long length, long width, float scale, const float *query, const float *keys,
    const float *d_scores, float *d_query, float *d_keys);
void ckernels_softmax(long count, float *x);
void ckernels_weighted_sum(
    long length, long width, const float *weights, const float *states, float *sum);
void ckernels_weighted_sum_backward(
    long length, long width, const float *weights, const float *states, const float *d_sum,
    float *d_weights, float *d_states);

void ckernels_normalize(
    long rows, long columns, float epsilon, float *x, float *inverse_deviations);
void ckernels_normalize_backward(
    long rows, long columns, const float *d_output, long stride, const float *gain,
    float *normal, const float *inverse_deviations, float *d_gain);

void ckernels_add_bias(long rows, long columns, float *x, const float *bias);
void ckernels_tanh_bias(long rows, long columns, float *x, const float *bias);
void ckernels_tanh_backward(long count, const float *y, float *d);
/* x += bias; y is the larger of each two numbers of x that stand side by side. */
void ckernels_maxout(long rows, long columns, float *x, const float *bias, float *y);
/* x becomes the gradient of the larger of each two, and 0 for the other. */
void ckernels_maxout_backward(long rows, long columns, const float *d, float *x);
/* y += factors * x, row by row. */
void ckernels_multiply_add_rows(
    long rows, long columns, const float *x, const float *factors, float *y, long stride);
void ckernels_add_column_sums(long rows, long columns, const float *x, long stride, float *sums);
void ckernels_add(long count, const float *x, float *y);
void ckernels_add_scaled(long count, float scale, const float *x, float *y);

/* logits += bias; the largest of each row, and the row's sum of e^(x - largest). */
void ckernels_softmax_statistics(
    long rows, long columns, float *logits, const float *bias, float *largest, float *total);
/* The sum of e^(x - largest). */
float ckernels_sum_of_exponentials(long count, const float *x, float largest);
/* y += scale * e^(x - constant). */
void ckernels_add_exponentials(
    long count, const float *x, float constant, float scale, float *y);
/* x becomes ln x, or that of the least normal number. */
void ckernels_logarithms(long count, float *x);
/* x becomes scale * e^(x - normaliser of its row). */
void ckernels_scaled_softmax(
    long rows, long columns, float *x, const float *normalisers, float scale);

double ckernels_squared_norm(long count, const float *x);
void ckernels_adam(
    long count, float *parameters, float *gradient, float *mean, float *variance, float scale,
    float beta1, float beta2, float rate, float epsilon);
void ckernels_adamw(
    long count, float *parameters, float *gradient, float *mean, float *variance, float scale,
    float beta1, float beta2, float rate, float epsilon, float shrinkage);
void ckernels_descend(long count, float *parameters, float *gradient, float scale, float rate);
void ckernels_momentum(
    long count, float *parameters, float *gradient, float *velocity, float scale, float momentum,
    float rate);
void ckernels_adadelta(
    long count, float *parameters, float *gradient, float *squared_gradient, float *squared_move,
    float scale, float rho, float epsilon, float rate);
void ckernels_average(long count, float weight, const float *x, float *average);

float ckernels_largest(long count, const float *x);
/* e^((x - largest) * inverse_temperature), and 0 for what would be below e^-80. */
void ckernels_sampling_weights(
    long count, const float *x, float largest, float inverse_temperature, float *weights);

/* q = x / scale rounded, |q| <= limit, with a scale for each row; or with one for each column,
   whose inverses are given. */
void ckernels_quantize_rows(
    long rows, long columns, const float *x, float limit, int8_t *q, float *scales);
void ckernels_quantize_columns(
    long rows, long columns, const float *x, const float *inverses, int8_t *q);
void ckernels_column_magnitudes(long rows, long columns, const float *x, float *magnitudes);
void ckernels_transpose_int8(long rows, long columns, const int8_t *x, int8_t *y);
/* y = row_scale * column_scale * sum, or that added to y. */
void ckernels_dequantize(
    long rows, long columns, const int32_t *sums, const float *row_scales,
    const float *column_scales, int adding, float *y);

/* Where a thread's time goes. Beginning an activity ends the one before and returns it; before
   counting is switched on, which also sets all times to zero, it does nothing. */
#define CKERNELS_ACTIVITIES 16
void ckernels_count_activities(int counting);
int ckernels_begin_activity(int activity);
/* Begins first, first + 1 or first + 2, by the direction that the thread has set. */
int ckernels_begin_product(int first);
void ckernels_set_direction(int direction);
void ckernels_activity_seconds(double seconds[CKERNELS_ACTIVITIES]);

/* Philox4x32-10, Salmon et al. 2011. The four words of block k of a stream. */
void ckernels_philox(uint64_t key, uint64_t stream, uint64_t block, uint32_t words[4]);
/* Multiplies element i of a row by scale where word i of the stream is at least threshold, else
   by 0. */
void ckernels_dropout(
    long columns, float *row, uint64_t key, uint64_t stream, uint64_t first_block,
    uint32_t threshold, float scale);
