// transfer_writer1.cpp - writes the received tile to DRAM.
#include "dataflow_api.h"

void kernel_main() {
  const uint32_t address = get_arg_val<uint32_t>(0);
  constexpr uint32_t cb = get_compile_time_arg_val(0);
  const InterleavedAddrGen<true> target = {.bank_base_address = address,
                                           .page_size = 2048};
  cb_wait_front(cb, 1);
  noc_async_write(get_read_ptr(cb), get_noc_addr(0, target), 2048);
  noc_async_write_barrier();
  cb_pop_front(cb, 1);
}
