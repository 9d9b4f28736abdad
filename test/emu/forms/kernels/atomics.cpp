// CHECK: stored 3, loaded 3, halves 4 5
#include "api/dataflow/dataflow_api.h"

void kernel_main() {
  cb_reserve_back(0, 1);
  uint32_t *p = (uint32_t *)(uintptr_t)get_write_ptr(0);
  __atomic_store_n(p, 3, __ATOMIC_RELAXED);
  uint16_t *halves = (uint16_t *)(p + 1);
  __atomic_store_n(halves, 4, __ATOMIC_RELEASE);
  __atomic_store_n(halves + 1, 5, __ATOMIC_RELEASE);
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  DPRINT << "stored " << *p << ", loaded "
         << __atomic_load_n(p, __ATOMIC_ACQUIRE) << ", halves " << halves[0]
         << " " << halves[1] << ENDL();
  cb_push_back(0, 1);
  cb_wait_front(0, 1);
  cb_pop_front(0, 1);
}
