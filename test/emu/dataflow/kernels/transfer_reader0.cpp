// transfer_reader0.cpp - the older address generator and include path.
#include "dataflow_api.h"

void kernel_main() {
  const uint32_t address = get_arg_val<uint32_t>(0);
  constexpr uint32_t cb = get_compile_time_arg_val(0);
  const uint32_t tile_bytes = get_tile_size(cb);
  const DataFormat format = get_dataformat(cb);
  const InterleavedAddrGenFast<true> source = {.bank_base_address = address,
                                               .page_size = tile_bytes,
                                               .data_format = format};
  cb_reserve_back(cb, 1);
  noc_async_read_tile(0, source, get_write_ptr(cb));
  noc_async_read_barrier();
  cb_push_back(cb, 1);
}
