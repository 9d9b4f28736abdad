// CHECK: kept
#include "api/compute/common.h"
#include "api/debug/dprint.h"

void kernel_main() {
  uint32_t *p = (uint32_t *)get_arg_addr(2);
  UNPACK(DPRINT << ((uint32_t)p == get_arg_addr(2) ? "kept" : "lost")
                << ENDL());
}
