#include "ckernels.h"
#include "vector_math.h"

/* Ten rounds over the counter (block, stream) with the key; J. Salmon et al., "Parallel random
   numbers: as easy as 1, 2, 3", 2011. */
INLINE void philox(
    uint64_t key, uint64_t stream, uint64_t block, uint32_t *w0, uint32_t *w1, uint32_t *w2,
    uint32_t *w3) {
  uint32_t c0 = (uint32_t)block, c1 = (uint32_t)(block >> 32);
  uint32_t c2 = (uint32_t)stream, c3 = (uint32_t)(stream >> 32);
  uint32_t k0 = (uint32_t)key, k1 = (uint32_t)(key >> 32);
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    uint64_t a = (uint64_t)0xD2511F53u * c0, b = (uint64_t)0xCD9E8D57u * c2;
    uint32_t n0 = (uint32_t)(b >> 32) ^ c1 ^ k0, n2 = (uint32_t)(a >> 32) ^ c3 ^ k1;
    c1 = (uint32_t)b;
    c3 = (uint32_t)a;
    c0 = n0;
    c2 = n2;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  *w0 = c0;
  *w1 = c1;
  *w2 = c2;
  *w3 = c3;
}

void ckernels_philox(uint64_t key, uint64_t stream, uint64_t block, uint32_t words[4]) {
  philox(key, stream, block, words, words + 1, words + 2, words + 3);
}

DISPATCHED void ckernels_dropout(
    long columns, float *restrict row, uint64_t key, uint64_t stream, uint64_t first_block,
    uint32_t threshold, float scale) {
  long whole = columns / 4;
  VECTORISED
  for (long k = 0; k < whole; k++) {
    uint32_t w0, w1, w2, w3;
    philox(key, stream, first_block + (uint64_t)k, &w0, &w1, &w2, &w3);
    row[4 * k] *= w0 >= threshold ? scale : 0.0f;
    row[4 * k + 1] *= w1 >= threshold ? scale : 0.0f;
    row[4 * k + 2] *= w2 >= threshold ? scale : 0.0f;
    row[4 * k + 3] *= w3 >= threshold ? scale : 0.0f;
  }
  if (columns % 4 != 0) {
    uint32_t words[4];
    philox(key, stream, first_block + (uint64_t)whole, words, words + 1, words + 2, words + 3);
    VECTORISED
    for (long i = 4 * whole; i < columns; i++)
      row[i] *= words[i % 4] >= threshold ? scale : 0.0f;
  }
}
