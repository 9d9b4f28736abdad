// CHECK: noc 0: 3 4, here 1, chosen 0
#include "api/dataflow/dataflow_api.h"

template <uint8_t noc> uint32_t chosen() { return noc; }

void kernel_main() {
  const uint32_t x = my_x[noc_index], y = my_y[noc_index];
  const bool here = get_noc_addr(x, y, 0x20000) == get_noc_addr(0x20000);
  uint32_t my_x = get_arg_val<uint32_t>(2);
  uint32_t my_y = get_arg_val<uint32_t>(3);
  constexpr uint8_t index = noc_index;
  if constexpr (noc_index == 0)
    DPRINT << "noc 0: " << my_x << " " << my_y << ", here " << here
           << ", chosen " << chosen<noc_index>() + chosen<index>() << ENDL();
}
