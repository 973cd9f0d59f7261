#pragma once

#include <sys/mman.h>

#include <cstdlib>
#include <memory>
#include <new>

#include <oneapi/dnnl/dnnl.hpp>

#include "engine.hpp"

namespace conednn {

/* Memory for packed weights, in large pages where the system has them: a model's worth of small
   ones takes longer to get than to fill. */
class PackedMemory {
 public:
  explicit PackedMemory(const dnnl::memory::desc &layout) {
    constexpr size_t large = size_t{1} << 21;
    const size_t size = layout.get_size();
    void *space = nullptr;
    if (posix_memalign(&space, size >= large ? large : 64, size ? size : 1)) throw std::bad_alloc();
    owner_.reset(space);
    if (size >= large) madvise(space, size, MADV_HUGEPAGE);
    memory_ = dnnl::memory(layout, cpu(), space);
  }

  const dnnl::memory &get() const { return memory_; }

 private:
  struct Free {
    void operator()(void *space) const { free(space); }
  };
  std::unique_ptr<void, Free> owner_;
  dnnl::memory memory_;
};

}  // namespace conednn
