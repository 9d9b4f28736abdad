// The reader's processor drives NoC 0.
// CHECK: {{^}}reads 2048
// CHECK-NEXT: {{^}}0x{{[0-9a-f]+}} 3
// CHECK-NEXT: {{^}}stream
// CHECK-NOT: never
#include <cstdint>
void kernel_main() {
  // Nothing is included: the interface of the processor is there.
  DPRINT_DATA0("reads {}\n", get_tile_size(0));
  cb_reserve_back(0, 1);
  uint16_t *page = (uint16_t *)get_write_ptr(0);
  *page = 3;
  DPRINT("{} {}\n", page, *page);
  DPRINT_DATA1("never\n");
  DPRINT_DATA0(DPRINT << "stream" << ENDL());
  {
    DeviceZoneScopedN("zone");
    DeviceTimestampedData("data", 1);
  }
}
