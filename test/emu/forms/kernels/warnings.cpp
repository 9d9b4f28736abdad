// What -Wextra would add, which is not in the builds of the SDK.
// CHECK: 5 of 5
#include "api/dataflow/dataflow_api.h"

const uint32_t five() { return 5; }

void kernel_main() {
  uint32_t n = get_arg_val<uint32_t>(2);
  if (n >= 0) {
    WAYPOINT("HI");
  }
  switch (n) {
  case 3:
    n++;
  case 4:
    n++;
    break;
  default:
    break;
  }
  DPRINT << n << " of " << five() << ENDL();
}
