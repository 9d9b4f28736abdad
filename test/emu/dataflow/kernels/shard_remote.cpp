// shard_remote.cpp - every fourth page of the sharded buffer, wherever it is.
#include "api/dataflow/dataflow_api.h"

void kernel_main() {
  const uint32_t from = get_arg_val<uint32_t>(0);
  const uint32_t to = get_arg_val<uint32_t>(1);
  const uint32_t first = get_arg_val<uint32_t>(2);
  const uint32_t step = get_arg_val<uint32_t>(3);
  constexpr uint32_t pages = get_compile_time_arg_val(0);
  constexpr auto from_args = TensorAccessorArgs<1>();
  constexpr auto to_args =
      TensorAccessorArgs<from_args.next_compile_time_args_offset()>();
  const auto source = TensorAccessor(from_args, from);
  const auto target = TensorAccessor(to_args, to);
  const uint32_t scratch = get_write_ptr(tt::CBIndex::c_1);

  for (uint32_t page = first; page < pages; page += step) {
    noc_async_read_page(page, source, scratch);
    noc_async_read_barrier();
    noc_async_write_page(page, target, scratch);
    noc_async_write_barrier();
  }
}
