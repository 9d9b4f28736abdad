// Blackhole has instructions for these.
// BLACKHOLE: 3 7 12 8
// WORMHOLE: atomics_modify.cpp:10: Wormhole's processors have no instruction
#include "api/dataflow/dataflow_api.h"

void kernel_main() {
  cb_reserve_back(0, 1);
  uint32_t *p = (uint32_t *)(uintptr_t)get_write_ptr(0);
  *p = 3;
  const uint32_t first = __atomic_fetch_add(p, 4, __ATOMIC_RELAXED);
  const uint32_t second = __atomic_exchange_n(p, 12, __ATOMIC_RELAXED);
  const uint32_t third = __atomic_fetch_and(p, 8, __ATOMIC_RELAXED);
  DPRINT << first << " " << second << " " << third << " " << *p << ENDL();
  cb_push_back(0, 1);
  cb_wait_front(0, 1);
  cb_pop_front(0, 1);
}
