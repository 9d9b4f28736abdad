// reader.cpp - for each block of k a column of tiles of A and a row of B.
#include "api/dataflow/dataflow_api.h"

void kernel_main() {
  constexpr uint32_t side = get_compile_time_arg_val(0);
  constexpr uint32_t blocks = get_compile_time_arg_val(1);
  constexpr auto a_args = TensorAccessorArgs<2>();
  constexpr auto b_args =
      TensorAccessorArgs<a_args.next_compile_time_args_offset()>();
  const auto a = TensorAccessor(a_args, get_arg_val<uint32_t>(0));
  const auto b = TensorAccessor(b_args, get_arg_val<uint32_t>(1));
  constexpr uint32_t page = get_tile_size(0);

  for (uint32_t k = 0; k < blocks; ++k) {
    cb_reserve_back(0, side);
    cb_reserve_back(1, side);
    for (uint32_t i = 0; i < side; ++i) {
      noc_async_read_page(i * blocks + k, a, get_write_ptr(0) + i * page);
      noc_async_read_page(k * side + i, b, get_write_ptr(1) + i * page);
    }
    noc_async_read_barrier();
    cb_push_back(0, side);
    cb_push_back(1, side);
  }
}
