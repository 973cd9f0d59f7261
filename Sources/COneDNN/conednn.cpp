#include "conednn.h"
#include "engine.hpp"
#include "packed_memory.hpp"

#include <map>
#include <memory>
#include <new>
#include <string>
#include <tuple>

#include <oneapi/dnnl/dnnl.hpp>

extern "C" void omp_set_num_threads(int);

using conednn::cpu;
using conednn::stream;
using dnnl::memory;

namespace {

memory::desc plain(long rows, long columns) {
  return {{rows, columns}, memory::data_type::f32, memory::format_tag::ab};
}

dnnl::matmul::primitive_desc description(
    long m, long n, long k, const memory::desc &weights, bool add) {
  dnnl::primitive_attr attributes;
  if (add) {
    dnnl::post_ops operations;
    operations.append_sum(1.0f);
    attributes.set_post_ops(operations);
  }
#if DNNL_VERSION_MAJOR >= 3
  return {cpu(), plain(m, k), weights, plain(m, n), attributes};
#else
  return {dnnl::matmul::desc(plain(m, k), weights, plain(m, n)), attributes, cpu()};
#endif
}

}  // namespace

struct conednn_weights {
  long k, n;
  memory::desc layout;
  conednn::PackedMemory packed;
};

namespace {

/* A product with everything bound but the data. A primitive owns scratch space, so each thread
   has its own. */
struct Product {
  dnnl::matmul primitive;
  memory source, destination;
};

/* Weights of one shape share a layout, whatever the number of rows they are multiplied by. */
Product &product(long m, const conednn_weights &weights, bool add) {
  static thread_local std::map<std::tuple<long, long, long, bool>, std::unique_ptr<Product>> made;
  auto key = std::make_tuple(m, weights.n, weights.k, add);
  auto found = made.find(key);
  if (found != made.end()) return *found->second;
  auto product = std::make_unique<Product>(Product{
      dnnl::matmul(description(m, weights.n, weights.k, weights.layout, add)),
      memory(plain(m, weights.k), cpu(), DNNL_MEMORY_NONE),
      memory(plain(m, weights.n), cpu(), DNNL_MEMORY_NONE)});
  return *made.emplace(key, std::move(product)).first->second;
}

}  // namespace

void conednn_use_one_thread(void) { omp_set_num_threads(1); }

int conednn_multiply(
    int transpose_a, int transpose_b, long m, long n, long k, const float *a, long lda,
    const float *b, long ldb, float beta, float *c, long ldc) {
  return dnnl_sgemm(
             transpose_a ? 'T' : 'N', transpose_b ? 'T' : 'N', m, n, k, 1.0f, a, lda, b, ldb,
             beta, c, ldc) != dnnl_success;
}

conednn_weights *conednn_weights_create(long k, long n) try {
  memory::desc any({k, n}, memory::data_type::f32, memory::format_tag::any);
  memory::desc layout = description(16, n, k, any, false).weights_desc();
  return new conednn_weights{k, n, layout, conednn::PackedMemory(layout)};
} catch (...) {
  return nullptr;
}

void conednn_weights_destroy(conednn_weights *weights) { delete weights; }

int conednn_weights_pack(
    conednn_weights *weights, const float *b, long ldb, int transposed) try {
  memory::desc source(
      {weights->k, weights->n}, memory::data_type::f32,
      transposed ? memory::dims{1, ldb} : memory::dims{ldb, 1});
  memory from(source, cpu(), const_cast<float *>(b));
  memory to = weights->packed.get();
  dnnl::reorder(from, to).execute(stream(), from, to);
  stream().wait();
  return 0;
} catch (...) {
  return 1;
}

int conednn_multiply_packed(
    long m, const float *a, const conednn_weights *weights, int add, float *c) try {
  Product &bound = product(m, *weights, add != 0);
  bound.source.set_data_handle(const_cast<float *>(a));
  bound.destination.set_data_handle(c);
  bound.primitive.execute(
      stream(), {{DNNL_ARG_SRC, bound.source},
                 {DNNL_ARG_WEIGHTS, weights->packed.get()},
                 {DNNL_ARG_DST, bound.destination}});
  stream().wait();
  return 0;
} catch (...) {
  return 1;
}

int conednn_rows_are_independent(void) {
  const auto core = static_cast<unsigned>(dnnl::cpu_isa::avx512_core);
  return (static_cast<unsigned>(dnnl::get_effective_cpu_isa()) & core) == core;
}

const char *conednn_version(void) {
  static const std::string text = [] {
    const dnnl_version_t *version = dnnl_version();
    return std::to_string(version->major) + "." + std::to_string(version->minor) + "." +
           std::to_string(version->patch);
  }();
  return text.c_str();
}
