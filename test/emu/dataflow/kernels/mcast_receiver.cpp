// mcast_receiver.cpp - makes room, says so, and waits for the page.
#include "api/dataflow/dataflow_api.h"
#include "hostdevcommon/common_values.hpp"

void kernel_main() {
  const uint32_t x = get_arg_val<uint32_t>(0);
  const uint32_t y = get_arg_val<uint32_t>(1);
  const uint32_t ready = get_semaphore(get_arg_val<uint32_t>(2));
  const uint32_t valid = get_semaphore(get_arg_val<uint32_t>(3));
  constexpr uint32_t rounds = get_compile_time_arg_val(0);
  constexpr uint32_t cb = tt::CBIndex::c_0;
  auto valid_word = reinterpret_cast<volatile tt_l1_ptr uint32_t *>(valid);

  for (uint32_t i = 0; i < rounds; ++i) {
    cb_reserve_back(cb, 1);
    noc_semaphore_set(valid_word, INVALID);
    noc_semaphore_inc(get_noc_addr(x, y, ready), 1);
    noc_semaphore_wait(valid_word, VALID);
    cb_push_back(cb, 1);
  }
  noc_async_atomic_barrier();
}
