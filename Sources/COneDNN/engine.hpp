#pragma once

#include <oneapi/dnnl/dnnl.hpp>

namespace conednn {

/* The processor. */
inline const dnnl::engine &cpu() {
  static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  return engine;
}

/* The calling thread's order of execution. */
inline dnnl::stream &stream() {
  static thread_local dnnl::stream stream(cpu());
  return stream;
}

}  // namespace conednn
