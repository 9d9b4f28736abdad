// told.cpp - everything a kernel is told, summed up in one word per core.
#include "api/dataflow/dataflow_api.h"

static uint32_t calls;
static uint32_t total = get_named_compile_time_arg_val("base");

static void count(uint32_t amount) {
  ++calls;
  total += amount;
}

void kernel_main() {
  const uint32_t page = get_arg_val<uint32_t>(0);
  const uint32_t address = get_common_arg_val<uint32_t>(0);
  const auto target = TensorAccessor(TensorAccessorArgs<0>(), address);

  count(FACTOR * get_named_compile_time_arg_val("step"));
  count(100 * get_absolute_logical_x() + 10 * get_absolute_logical_y());
  cb_reserve_back(0, 1);
#ifdef LOUD
  count(get_relative_logical_x() + get_relative_logical_y());
#endif
  count(
      *reinterpret_cast<volatile tt_l1_ptr uint32_t *>(get_common_arg_addr(1)));
  auto words =
      reinterpret_cast<volatile tt_l1_ptr uint32_t *>(get_write_ptr(0));
  for (uint32_t i = 0; i < 8; ++i)
    words[i] = calls == 4 ? total : 0;
  cb_push_back(0, 1);
  cb_wait_front(0, 1);
  noc_async_write_page(page, target, get_read_ptr(0));
  noc_async_write_barrier();
  cb_pop_front(0, 1);
}
