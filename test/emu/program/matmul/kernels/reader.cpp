// reader.cpp - for each k the tiles of a column of A and of a row of B.
#include "api/dataflow/dataflow_api.h"

void kernel_main() {
  const uint32_t a_address = get_arg_val<uint32_t>(0);
  const uint32_t b_address = get_arg_val<uint32_t>(1);
  const uint32_t y = get_arg_val<uint32_t>(2);
  const uint32_t x = get_arg_val<uint32_t>(3);
  constexpr uint32_t block = get_compile_time_arg_val(0);
  constexpr uint32_t tiles = get_compile_time_arg_val(1);
  constexpr auto a_args = TensorAccessorArgs<2>();
  constexpr auto b_args =
      TensorAccessorArgs<a_args.next_compile_time_args_offset()>();
  const auto a = TensorAccessor(a_args, a_address);
  const auto b = TensorAccessor(b_args, b_address);
  constexpr uint32_t cb_a = tt::CBIndex::c_0;
  constexpr uint32_t cb_b = tt::CBIndex::c_1;
  constexpr uint32_t page = get_tile_size(cb_a);

  for (uint32_t k = 0; k < tiles; ++k) {
    cb_reserve_back(cb_a, block);
    cb_reserve_back(cb_b, block);
    uint32_t to_a = get_write_ptr(cb_a);
    uint32_t to_b = get_write_ptr(cb_b);
    for (uint32_t i = 0; i < block; ++i) {
      noc_async_read_page((y * block + i) * tiles + k, a, to_a);
      noc_async_read_page(k * tiles + x * block + i, b, to_b);
      to_a += page;
      to_b += page;
    }
    noc_async_read_barrier();
    cb_push_back(cb_a, block);
    cb_push_back(cb_b, block);
  }
}
