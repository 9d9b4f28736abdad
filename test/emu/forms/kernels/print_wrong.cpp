// CHECK: the {} of the format and the arguments do not agree
#include "api/dataflow/dataflow_api.h"
#include "api/debug/dprint.h"

void kernel_main() { DEVICE_PRINT("{} {}\n", 1); }
