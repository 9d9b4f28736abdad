// mcast_sender_shared.cpp - reads a page, multicasts it and hands it on to its
// own core. No barrier: that the receivers are ready for a page means that they
// have the one before.
#include "api/dataflow/dataflow_api.h"
#include "hostdevcommon/common_values.hpp"

void kernel_main() {
  const uint32_t address = get_arg_val<uint32_t>(0);
  const uint32_t x0 = get_arg_val<uint32_t>(1);
  const uint32_t y0 = get_arg_val<uint32_t>(2);
  const uint32_t x1 = get_arg_val<uint32_t>(3);
  const uint32_t y1 = get_arg_val<uint32_t>(4);
  const uint32_t receivers = get_arg_val<uint32_t>(5);
  const uint32_t ready = get_semaphore(get_arg_val<uint32_t>(6));
  const uint32_t valid = get_semaphore(get_arg_val<uint32_t>(7));
  constexpr uint32_t rounds = get_compile_time_arg_val(0);
  constexpr auto args = TensorAccessorArgs<1>();
  const auto source = TensorAccessor(args, address);
  constexpr uint32_t cb = tt::CBIndex::c_0;
  constexpr uint32_t page = get_tile_size(cb);
  auto ready_word = reinterpret_cast<volatile tt_l1_ptr uint32_t *>(ready);
  auto valid_word = reinterpret_cast<volatile tt_l1_ptr uint32_t *>(valid);

  *valid_word = VALID;
  for (uint32_t i = 0; i < rounds; ++i) {
    cb_reserve_back(cb, 1);
    const uint32_t l1 = get_write_ptr(cb);
    noc_async_read_page(i, source, l1);
    noc_async_read_barrier();
    noc_semaphore_wait(ready_word, receivers);
    noc_semaphore_set(ready_word, 0);
    const uint64_t data = get_noc_multicast_addr(x0, y0, x1, y1, l1);
    noc_async_write_multicast(l1, data, page, receivers);
#ifdef ARCH_BLACKHOLE
    noc_async_writes_flushed();
#endif
    const uint64_t flag = get_noc_multicast_addr(x0, y0, x1, y1, valid);
    noc_semaphore_set_multicast(valid, flag, receivers);
    cb_push_back(cb, 1);
  }
}
