#include "api/dataflow/dataflow_api.h"

void kernel_main() {
  const uint32_t divisor = get_arg_val<uint32_t>(0);
  volatile uint32_t quotient = 17 / divisor;
  (void)quotient;
}
