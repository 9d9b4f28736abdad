// shard_local.cpp - the shard of this core is in the ring already.
#include "api/dataflow/dataflow_api.h"

void kernel_main() {
  const uint32_t address = get_arg_val<uint32_t>(0);
  const uint32_t number = get_arg_val<uint32_t>(1);
  constexpr uint32_t pages = get_compile_time_arg_val(0);
  constexpr auto args = TensorAccessorArgs<1>();
  const auto target = TensorAccessor(args, address);
  constexpr uint32_t cb = tt::CBIndex::c_0;

  cb_reserve_back(cb, pages);
  cb_push_back(cb, pages);
  cb_wait_front(cb, pages);
  for (uint32_t i = 0; i < pages; ++i)
    noc_async_write_page(number * pages + i, target,
                         get_read_ptr(cb) + i * get_tile_size(cb));
  noc_async_write_barrier();
  // Popped or not, the shard stays what it is.
  cb_pop_front(cb, pages);
  noc_async_write_page(number * pages, target, get_read_ptr(cb));
  noc_async_write_barrier();
}
