// CHECK: 2 1024 3 1536 4 2048 5 2560 |
// CHECK-NEXT: 10 5120 11 5632 12 6144 13 6656 14 7168 |
// CHECK-NEXT: 4 2048 9 4608 | 10 5120 11 5632 | 1 512 |
// CHECK-NEXT: 0 512 | 6 3072
// CHECK-NEXT: rank 2 on 2, 3x5 in 2x2, 15 of 4, grid 2x3, steps 5 2 3
#include "api/dataflow/dataflow_api.h"
#include "api/debug/dprint.h"

// The number of a page and the first word it holds.
template <class Page> static void show(const Page &page) {
  const uint32_t at = get_write_ptr(0);
  noc_async_read(page.noc_addr(), at, 2048);
  noc_async_read_barrier();
  DPRINT << page.page_id() << " " << *(volatile uint32_t *)(uintptr_t)at << " ";
}

void kernel_main() {
  constexpr auto first = TensorAccessorArgs<2>();
  constexpr auto second =
      TensorAccessorArgs<first.next_compile_time_args_offset()>();
  constexpr auto third =
      TensorAccessorArgs<second.next_compile_time_args_offset()>();
  const auto in = TensorAccessor(first, get_arg_val<uint32_t>(0), 2048);
  const auto dealt = TensorAccessor(third, get_arg_val<uint32_t>(4));
  cb_reserve_back(0, 1);
  for (const auto &page : in.pages(2, 6))
    show(page);
  DPRINT << "|" << ENDL();
  for (const auto &page : dealt.pages(10))
    show(page);
  DPRINT << "|" << ENDL();
  // Beyond the tensor's edge a shard has no pages.
  for (const auto &page : dealt.shard_pages(2))
    show(page);
  DPRINT << "| ";
  for (const auto &page : dealt.shard_pages(3))
    show(page);
  DPRINT << "| ";
  for (const auto &page : dealt.shard_pages(0, 1, 2))
    show(page);
  DPRINT << "|" << ENDL();
  const auto pages = dealt.pages();
  auto at = pages.begin();
  DPRINT << at->page_id() << " ";
  ++at;
  cb_push_back(0, 1);
  cb_wait_front(0, 1);
  cb_pop_front(0, 1);
  cb_reserve_back(0, 1);
  noc_async_read((*at).noc_addr(), get_write_ptr(0), 2048);
  noc_async_read_barrier();
  DPRINT << *(volatile uint32_t *)(uintptr_t)get_write_ptr(0) << " | ";
  at += 5;
  show(*at);
  DPRINT << ENDL();
  cb_push_back(0, 1);
  cb_wait_front(0, 1);
  cb_pop_front(0, 1);
  const auto &spec = dealt.dspec();
  DEVICE_PRINT("rank {} on {}, {}x{} in {}x{}, {} of {}, grid {}x{}, steps {} "
               "{} {}\n",
               spec.rank(), spec.num_banks(), spec.tensor_shape()[0],
               spec.tensor_shape()[1], spec.shard_shape()[0],
               spec.shard_shape()[1], spec.tensor_volume(), spec.shard_volume(),
               spec.shard_grid()[0], spec.shard_grid()[1],
               spec.tensor_strides()[0], spec.shard_strides()[0],
               spec.shard_grid_strides()[0]);
}
