// transfer_writer0.cpp - sends its tile to the other core when that is ready.
#include "dataflow_api.h"
#include "debug/dprint.h"

void kernel_main() {
  const uint32_t x = get_arg_val<uint32_t>(0);
  const uint32_t y = get_arg_val<uint32_t>(1);
  const uint32_t semaphore = get_semaphore(get_arg_val<uint32_t>(2));
  constexpr uint32_t from = get_compile_time_arg_val(0);
  constexpr uint32_t to = get_compile_time_arg_val(1);
  auto word = reinterpret_cast<volatile tt_l1_ptr uint32_t *>(semaphore);

  cb_wait_front(from, 1);
  DPRINT << "ready to send " << get_tile_size(from) << ENDL();
  noc_semaphore_wait(word, 1);
  const uint64_t target = get_noc_addr(x, y, get_write_ptr(to));
  noc_async_write(get_read_ptr(from), target, get_tile_size(from));
  noc_async_write_barrier();
  noc_semaphore_inc(get_noc_addr(x, y, semaphore), 1);
  noc_async_atomic_barrier();
  noc_semaphore_set(word, 0);
  cb_pop_front(from, 1);
}
