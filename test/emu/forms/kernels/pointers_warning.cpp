// Nor of what is found out late.
// CHECK: {{warning|error}}: {{.*}}{{(used|is)}} uninitialized
// CHECK: does not compile for ncrisc
#include "api/dataflow/dataflow_api.h"

void kernel_main() {
  const uint32_t *p = (const uint32_t *)get_arg_addr(2);
  uint32_t word;
  DPRINT << (uint32_t)p + word << ENDL();
}
