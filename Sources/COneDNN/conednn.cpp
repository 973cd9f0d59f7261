#include "conednn.h"
#include <oneapi/dnnl/dnnl.hpp>
extern "C" void omp_set_num_threads(int);
void conednn_use_one_thread(void) { omp_set_num_threads(1); dnnl_set_max_cpu_isa(dnnl_cpu_isa_all); }
