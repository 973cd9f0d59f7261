#pragma once

/* Matrix products in single precision, by oneDNN 2 or 3. All matrices are row-major.

   oneDNN's own threads are not used: each thread that calls in here first calls
   conednn_use_one_thread. Functions that can fail return 0 for success. */

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Keeps oneDNN's products inside the calling thread. */
void conednn_use_one_thread(void);

/* C ← op(A)·op(B) + beta·C with op(A) M×K, op(B) K×N, C M×N. */
int conednn_multiply(
    int transpose_a, int transpose_b, long m, long n, long k, const float *a, long lda,
    const float *b, long ldb, float beta, float *c, long ldc);

/* A K×N matrix in the layout that the kernels of this processor read fastest. */
typedef struct conednn_weights conednn_weights;

/* Returns null when there is no memory. */
conednn_weights *conednn_weights_create(long k, long n);
void conednn_weights_destroy(conednn_weights *weights);

/* Copies B into the packed layout: K×N as it stands, or transposed from N×K; its rows are ldb
   apart. */
int conednn_weights_pack(conednn_weights *weights, const float *b, long ldb, int transposed);

/* C ← A·W or, with add, C + A·W; A is M×K and C is M×N, both without gaps. */
int conednn_multiply_packed(
    long m, const float *a, const conednn_weights *weights, int add, float *c);

/* Whether a row of a packed product has the same bits whatever the number of rows beside it.
   It has in the kernels for AVX-512, which add up along K in one order; others choose the order
   by the number of rows. */
int conednn_rows_are_independent(void);

/* A K×N matrix of 8-bit integers for products with such, in the layout that is read fastest. */
typedef struct conednn_int8_weights conednn_int8_weights;

/* Space of the calling thread, as it was left, until the thread asks again; null when there is no
   memory. */
void *conednn_scratch(long size);

/* The largest magnitude that weights may have so that no kernel of this processor saturates. */
int conednn_int8_limit(void);

/* Returns null when there is no memory. */
conednn_int8_weights *conednn_int8_weights_create(long k, long n);
void conednn_int8_weights_destroy(conednn_int8_weights *weights);

/* Copies B, K×N, into the packed layout. */
int conednn_int8_weights_pack(conednn_int8_weights *weights, const int8_t *b);

/* C ← A·W, exactly; A is M×K and C is M×N, both without gaps. */
int conednn_int8_multiply(
    long m, const int8_t *a, const conednn_int8_weights *weights, int32_t *c);

/* oneDNN's version, such as "2.6.3". */
const char *conednn_version(void);

#ifdef __cplusplus
}
#endif
