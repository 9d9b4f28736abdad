// CHECK: ff 377 255|
// CHECK-NEXT: ffffffd6 -42|
// CHECK-NEXT: {{^      }}255255  ab|
// CHECK-NEXT: a=-3 b=7 c=9 d=1099511627776 e=1 f=2.5 g=x 4 1
// CHECK-NEXT: 3.1416 3.14159012|
// CHECK-NEXT: 3.14159 3.141590118
// CHECK-NEXT: 3.14159012 5 /
// CHECK-NEXT: {{^[0-9]+}} 0
#include "dataflow_api.h"
#include "debug/dprint.h"

void kernel_main() {
  uint32_t v = 255;
  int32_t a = -3;
  uint8_t b = 7;
  uint16_t c = 9;
  uint64_t d = 1ull << 40;
  bool e = true;
  float f = 2.5f, pi = 3.14159f;
  char g = 'x', slash[] = "/";
  DPRINT << HEX() << v << " " << OCT() << v << DEC() << " " << v << "|"
         << ENDL();
  DPRINT << HEX() << int32_t(-42) << DEC() << " " << int32_t(-42) << "|\n";
  DPRINT << SETW(9) << v << v << SETW(4) << "ab"
         << "|" << ENDL();
  DPRINT << "a=" << a << " b=" << b << " c=" << c << " d=" << d << " e=" << e
         << " f=" << f << " g=" << g << " " << U32(4) << " " << BF16(0x3f80)
         << ENDL();
  // Kept from one statement to the next.
  DPRINT << SETPRECISION(5) << pi << " " << SETPRECISION(9) << F32(pi) << "|"
         << ENDL();
  DPRINT << FIXED();
  DPRINT << SETPRECISION(5) << pi << " " << SETPRECISION(9) << pi << ENDL();
  DPRINT << DEFAULTFLOAT();
  DPRINT << pi << ' ' << (uint)5 << ' ' << slash << ENDL();
  DPRINT << (uint32_t)my_x[0] << " " << (uint32_t)noc_index << ENDL();
}
