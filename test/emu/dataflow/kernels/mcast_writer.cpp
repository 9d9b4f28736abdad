// mcast_writer.cpp - writes the received pages out.
#include "api/dataflow/dataflow_api.h"

void kernel_main() {
  const uint32_t address = get_arg_val<uint32_t>(0);
  const uint32_t first = get_arg_val<uint32_t>(1);
  constexpr uint32_t rounds = get_compile_time_arg_val(0);
  constexpr auto args = TensorAccessorArgs<1>();
  const auto target = TensorAccessor(args, address);
  constexpr uint32_t cb = tt::CBIndex::c_0;

  for (uint32_t i = 0; i < rounds; ++i) {
    cb_wait_front(cb, 1);
    noc_async_write_page(first + i, target, get_read_ptr(cb));
    noc_async_write_barrier();
    cb_pop_front(cb, 1);
  }
}
