// CHECK: x 3 y 0xff z 1.500 {}|
// CHECK-NEXT: 0x000000ff 255 377 11111111|
// CHECK-NEXT: {{^    }}7|7    |**7**|00007|+7|-0007|-a|
// CHECK-NEXT: ab   |   ab|c|true|1|1.1|0.1|2|
// CHECK-NEXT: called like a function: 7
// CHECK-NEXT: none
#include "api/dataflow/dataflow_api.h"
#include "api/debug/dprint.h"

enum class Mode : uint8_t { Idle, Busy };

void kernel_main() {
  volatile uint32_t seen = 7;
  if (seen == 7)
    DEVICE_PRINT("x {} y {:#x} z {:.3f} {{}}|\n", 3u, 255u, 1.5f);
  else
    DEVICE_PRINT("not printed\n");
  DEVICE_PRINT("{0:#010x} {0} {0:o} {0:b}|\n", 255u);
  DEVICE_PRINT("{:5}|{:<5}|{:*^5}|{:05}|{:+}|{:05}|{:x}|\n", seen, 7, 7, 7, 7,
               -7, -10);
  DEVICE_PRINT("{:5}|{:>5}|{}|{}|{}|{}|{}|{:d}|\n", "ab", "ab", 'c', true,
               Mode::Busy, 1.1f, 0.1, 2);
  DPRINT("called like a function: {}\n", seen);
  DEVICE_PRINT_DATA1("not on this NoC\n");
  DEVICE_PRINT_DATA0("none\n");
}
