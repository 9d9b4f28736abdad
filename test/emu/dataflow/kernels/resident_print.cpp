// Says where it is, in each spelling, which takes no include.
#include "api/debug/assert.h"

void kernel_main() {
  const uint32_t x = get_absolute_logical_x();
  DPRINT << "core " << x << "," << U32(get_absolute_logical_y()) << ENDL();
  DPRINT_DATA0(DPRINT << "brisc\n");
  DPRINT_DATA1(DPRINT << "ncrisc\n");
  DEVICE_PRINT_DATA0("brisc {} of {}\n", x, get_relative_logical_x());
  DEVICE_PRINT_DATA1("ncrisc {}\n", x);
  auto &ring = get_local_cb_interface(1);
  ASSERT(ring.fifo_page_size == uint32_t(get_tile_size(1)));
  ASSERT(ring.fifo_wr_ptr == get_write_ptr(1) &&
         ring.fifo_rd_ptr + ring.fifo_size == ring.fifo_limit);
  // Coordinates given as integers are no page of a generator.
  DPRINT << "address " << HEX() << (get_noc_addr(1, 0, 0x20000) & 0xfffff)
         << ENDL();
}
