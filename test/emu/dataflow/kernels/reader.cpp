// reader.cpp - blocks of pages from DRAM into ring 0. A few words of another
// page go through ring 1, which is scratch memory.
#include "api/dataflow/dataflow_api.h"

void kernel_main() {
  const uint32_t address = get_arg_val<uint32_t>(0);
  const uint32_t first = get_arg_val<uint32_t>(1);
  const uint32_t blocks = get_arg_val<uint32_t>(2);
  const uint32_t common = get_common_arg_val<uint32_t>(0);
  constexpr uint32_t block = get_compile_time_arg_val(0);
  constexpr auto args = TensorAccessorArgs<1>();
  const auto source = TensorAccessor(args, address);
  constexpr uint32_t cb = tt::CBIndex::c_0;
  constexpr uint32_t page = get_tile_size(cb);
  const uint32_t scratch = get_write_ptr(tt::CBIndex::c_1);
  const uint32_t semaphore = get_semaphore(0);
  auto flag = reinterpret_cast<volatile tt_l1_ptr uint32_t *>(semaphore);

  *flag = common;
  noc_async_read(source.get_noc_addr(0), scratch, 64);
  noc_async_read_barrier();
  for (uint32_t i = 0; i < blocks; ++i) {
    cb_reserve_back(cb, block);
    uint32_t l1 = get_write_ptr(cb);
    for (uint32_t p = 0; p < block; ++p) {
      noc_async_read_page((first + i) * block + p, source, l1);
      l1 += page;
    }
    noc_async_read_barrier();
    cb_push_back(cb, block);
  }
}
