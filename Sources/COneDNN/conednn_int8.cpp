#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include <oneapi/dnnl/dnnl.hpp>

#include "conednn.h"
#include "engine.hpp"
#include "packed_memory.hpp"

using dnnl::memory;

namespace {

memory::desc plain(long rows, long columns, memory::data_type type) {
  return {{rows, columns}, type, memory::format_tag::ab};
}

dnnl::matmul::primitive_desc description(long m, const memory::desc &weights, long n, long k) {
  const auto source = plain(m, k, memory::data_type::s8);
  const auto destination = plain(m, n, memory::data_type::s32);
#if DNNL_VERSION_MAJOR >= 3
  return {conednn::cpu(), source, weights, destination};
#else
  return {dnnl::matmul::desc(source, weights, destination), conednn::cpu()};
#endif
}

}  // namespace

struct conednn_int8_weights {
  long k, n;
  memory::desc layout;
  conednn::PackedMemory packed;
};

void *conednn_scratch(long size) try {
  static thread_local std::vector<char> space;
  if (space.size() < static_cast<size_t>(size)) space.resize(static_cast<size_t>(size));
  return space.data();
} catch (...) {
  return nullptr;
}

int conednn_int8_limit(void) {
  /* Without instructions for sums of four products, two are added in 16 bits first. */
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512vnni") ? 127 : 63;
#else
  return 63;
#endif
}

conednn_int8_weights *conednn_int8_weights_create(long k, long n) try {
  memory::desc any({k, n}, memory::data_type::s8, memory::format_tag::any);
  memory::desc layout = description(16, any, n, k).weights_desc();
  return new conednn_int8_weights{k, n, layout, conednn::PackedMemory(layout)};
} catch (...) {
  return nullptr;
}

void conednn_int8_weights_destroy(conednn_int8_weights *weights) { delete weights; }

int conednn_int8_weights_pack(conednn_int8_weights *weights, const int8_t *b) try {
  memory from(
      plain(weights->k, weights->n, memory::data_type::s8), conednn::cpu(),
      const_cast<int8_t *>(b));
  memory to = weights->packed.get();
  dnnl::reorder(from, to).execute(conednn::stream(), from, to);
  conednn::stream().wait();
  return 0;
} catch (...) {
  return 1;
}

int conednn_int8_multiply(
    long m, const int8_t *a, const conednn_int8_weights *weights, int32_t *c) try {
  /* A primitive owns scratch space, so each thread has its own. */
  static thread_local std::map<std::tuple<long, long, long>, std::unique_ptr<dnnl::matmul>> made;
  auto &primitive = made[{m, weights->n, weights->k}];
  if (!primitive)
    primitive = std::make_unique<dnnl::matmul>(
        description(m, weights->layout, weights->n, weights->k));
  memory source(
      plain(m, weights->k, memory::data_type::s8), conednn::cpu(), const_cast<int8_t *>(a));
  memory destination(plain(m, weights->n, memory::data_type::s32), conednn::cpu(), c);
  primitive->execute(
      conednn::stream(), {{DNNL_ARG_SRC, source},
                          {DNNL_ARG_WEIGHTS, weights->packed.get()},
                          {DNNL_ARG_DST, destination}});
  conednn::stream().wait();
  return 0;
} catch (...) {
  return 1;
}
