// writer.cpp - C comes in blocks of two by two tiles.
#include "api/dataflow/dataflow_api.h"

void kernel_main() {
  constexpr uint32_t side = get_compile_time_arg_val(0);
  const auto c =
      TensorAccessor(TensorAccessorArgs<1>(), get_arg_val<uint32_t>(0));
  constexpr uint32_t cb = tt::CBIndex::c_16;
  constexpr uint32_t page = get_tile_size(cb);

  for (uint32_t row = 0; row < side; row += 2)
    for (uint32_t column = 0; column < side; column += 2) {
      cb_wait_front(cb, 4);
      const uint32_t from = get_read_ptr(cb);
      for (uint32_t i = 0; i < 4; ++i)
        noc_async_write_page((row + i / 2) * side + column + i % 2, c,
                             from + i * page);
      noc_async_write_barrier();
      cb_pop_front(cb, 4);
    }
}
