// writer_posted.cpp - blocks of pages from ring 0 to DRAM, which nothing
// acknowledges.
#include "api/dataflow/dataflow_api.h"

void kernel_main() {
  const uint32_t address = get_arg_val<uint32_t>(0);
  const uint32_t first = get_arg_val<uint32_t>(1);
  const uint32_t blocks = get_arg_val<uint32_t>(2);
  constexpr uint32_t block = get_compile_time_arg_val(0);
  constexpr auto args = TensorAccessorArgs<1>();
  const auto target = TensorAccessor(args, address);
  constexpr uint32_t cb = tt::CBIndex::c_0;
  constexpr uint32_t page = get_tile_size(cb);

  for (uint32_t i = 0; i < blocks; ++i) {
    cb_wait_front(cb, block);
    uint32_t l1 = get_read_ptr(cb);
    for (uint32_t p = 0; p < block; ++p) {
      noc_async_write<NOC_MAX_BURST_SIZE + 1, true, true>(
          l1, target.get_noc_addr((first + i) * block + p), page);
      l1 += page;
    }
    noc_async_posted_writes_flushed();
    cb_pop_front(cb, block);
  }
}
