// writer.cpp - the block of C, once it is complete.
#include "api/dataflow/dataflow_api.h"

void kernel_main() {
  const uint32_t c_address = get_arg_val<uint32_t>(0);
  const uint32_t y = get_arg_val<uint32_t>(1);
  const uint32_t x = get_arg_val<uint32_t>(2);
  constexpr uint32_t block = get_compile_time_arg_val(0);
  constexpr uint32_t tiles = get_compile_time_arg_val(1);
  constexpr auto c_args = TensorAccessorArgs<2>();
  const auto c = TensorAccessor(c_args, c_address);
  constexpr uint32_t cb = tt::CBIndex::c_16;
  constexpr uint32_t page = get_tile_size(cb);

  cb_wait_front(cb, block * block);
  const uint32_t from = get_read_ptr(cb);
  for (uint32_t i = 0; i < block; ++i)
    for (uint32_t j = 0; j < block; ++j)
      noc_async_write_page((y * block + i) * tiles + x * block + j, c,
                           from + (i * block + j) * page);
  noc_async_write_barrier();
  cb_pop_front(cb, block * block);
}
