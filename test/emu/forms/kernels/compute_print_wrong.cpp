// CHECK: the {} of the format and the arguments do not agree
#include "api/compute/common.h"
#include "api/debug/dprint.h"

void kernel_main() { DPRINT_MATH("{}\n"); }
