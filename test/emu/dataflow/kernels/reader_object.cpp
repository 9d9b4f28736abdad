// reader_object.cpp - reader.cpp in the object form of the calls.
#include "api/dataflow/circular_buffer.h"
#include "api/dataflow/noc.h"
#include "api/tensor/tensor_accessor.h"

void kernel_main() {
  const uint32_t address = get_arg_val<uint32_t>(0);
  const uint32_t first = get_arg_val<uint32_t>(1);
  const uint32_t blocks = get_arg_val<uint32_t>(2);
  constexpr uint32_t block = get_compile_time_arg_val(0);
  const auto source = TensorAccessor(TensorAccessorArgs<1>(), address);
  CircularBuffer cb(tt::CBIndex::c_0);
  Noc noc;
  const uint32_t page = static_cast<uint32_t>(cb.get_tile_size());

  for (uint32_t i = 0; i < blocks; ++i) {
    cb.reserve_back(block);
    for (uint32_t p = 0; p < block; ++p)
      noc.async_read(source, cb, page, {.page_id = (first + i) * block + p},
                     {.offset_bytes = p * page});
    noc.async_read_barrier();
    cb.push_back(block);
  }
}
