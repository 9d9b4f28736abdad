// CHECK: word 3, address kept, unnamed kept
#include "api/dataflow/dataflow_api.h"

void kernel_main() {
  const uint32_t sem = get_semaphore(0);
  volatile tt_l1_ptr uint32_t *p =
      reinterpret_cast<volatile tt_l1_ptr uint32_t *>(sem);
  noc_semaphore_set(p, 1);
  noc_semaphore_inc(get_noc_addr(my_x[0], my_y[0], (uint32_t)p), 2);
  noc_async_atomic_barrier();
  noc_semaphore_wait_min((volatile tt_l1_ptr uint32_t *)(uint32_t)p, 3);
  DPRINT << "word " << uint32_t(*p) << ", address "
         << (reinterpret_cast<uint32_t>(p) == sem ? "kept" : "lost")
         << ", unnamed " << (uint32_t((uint8_t *)sem) == sem ? "kept" : "lost")
         << ENDL();
}
