// The part of one processor as the body of a condition.
// CHECK: hello from math
// CHECK-NOT: hello
#include "api/compute/common.h"
#include "api/compute/tile_move_copy.h"
#include "api/debug/dprint.h"

void kernel_main() {
  const uint32_t n = get_arg_val<uint32_t>(2);
  for (uint32_t i = 0; i < n; ++i)
    if (i == 0)
      DPRINT_MATH(DPRINT << "hello from math" << ENDL());
  if (n == 3)
    PACK((pack_reconfig_l1_acc(0)));
  else
    MATH((DPRINT << "hello" << ENDL()));
}
