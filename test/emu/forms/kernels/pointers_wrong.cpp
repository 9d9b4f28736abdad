// A cast is no excuse for the rest of a kernel.
// CHECK: {{invalid conversion from|cannot initialize}}
// CHECK: does not compile for ncrisc
#include "api/dataflow/dataflow_api.h"

void kernel_main() {
  const uint32_t *p = (const uint32_t *)get_arg_addr(2);
  uint32_t *q = p;
  DPRINT << (uint32_t)q << ENDL();
}
