// One processor prints: a format with arguments or without, a stream,
// statements. Which processor is first is not said.
// CHECK-DAG: {{^}}format 7 of 8{{$}}
// CHECK-DAG: {{^}}format alone {}{{$}}
// CHECK-DAG: {{^}}stream 3{{$}}
// CHECK-DAG: {{^}}two{{$}}
// CHECK-DAG: {{^}}statements{{$}}
// CHECK-DAG: {{^}}text kept in a name{{$}}
// CHECK-NOT: never
#include "api/compute/common.h"
#include "api/debug/dprint.h"

void kernel_main() {
  constexpr const char *text = "text kept in a name\n";
  DPRINT_MATH("format {} of {}\n", get_compile_time_arg_val(0),
              get_compile_time_arg_val(1));
  DPRINT_UNPACK("format alone {{}}\n");
  DPRINT_PACK(DPRINT << "stream " << 3 << ENDL());
  if (get_compile_time_arg_val(0) == 8)
    DPRINT_MATH("never {}\n", 1);
  else
    DPRINT_MATH({
      DPRINT << "two" << ENDL();
      DPRINT << "statements" << ENDL();
    });
  DPRINT_UNPACK(text);
  DPRINT_DATA0("never\n");
  DEVICE_PRINT_DATA1("never {}\n", 2);
}
