// A tile of 0, 1, 2, ... in the order of its memory, as bf16 has them.
// CHECK: 0 8 256 264
// CHECK-NEXT: 128 136 384 392
// CHECK-NEXT: 512 520 768 776
// CHECK-NEXT: 640 648 896 904
// CHECK-NEXT: 0 256
// CHECK-NEXT: 512 768
// CHECK-NEXT: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 256 256
// CHECK-NEXT: 0 8 16 24
// CHECK: 0 4 8 12 256 260 264 268
// CHECK-NEXT: 64 68 72 76 320 324 328 332
// CHECK: cut after 32 elements
// CHECK-NEXT: 0.00 256.00
// CHECK-NEXT: 512.00 768.00
#include "api/dataflow/dataflow_api.h"
#include "api/debug/dprint.h"

static uint16_t bf16(uint32_t value) {
  const float real = float(value);
  uint32_t bits;
  __builtin_memcpy(&bits, &real, 4);
  return uint16_t(bits >> 16);
}

void kernel_main() {
  cb_reserve_back(0, 1);
  auto *element = (volatile uint16_t *)(uintptr_t)get_write_ptr(0);
  for (uint32_t i = 0; i < 1024; ++i)
    element[i] = bf16(i);
  DPRINT << TileSlice(0, 0, SliceRange::hw0_32_8(), TSLICE_OUTPUT_CB,
                      TSLICE_WR_PTR, true, true)
         << ENDL();
  cb_push_back(0, 1);
  cb_wait_front(0, 1);
  DPRINT << TSLICE(0, 0, SliceRange::hw0_32_16(), TSLICE_INPUT_CB,
                   TSLICE_RD_PTR)
         << TSLICE(0, 0, SliceRange::h0_w0_32(), TSLICE_INPUT_CB, TSLICE_RD_PTR)
         << ENDL();
  DPRINT << TSLICE(0, 0, SliceRange::hw0_32_8(), TSLICE_INPUT_CB, TSLICE_RD_PTR,
                   true, false);
  DPRINT << TSLICE(0, 0, SliceRange::hw0_32_4(), TSLICE_RD_PTR);
  DEVICE_PRINT("{:.2f}", TSLICE(0, 0, SliceRange::hw0_32_16(), TSLICE_INPUT_CB,
                                TSLICE_RD_PTR));
  cb_pop_front(0, 1);
}
