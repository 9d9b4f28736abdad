// empty.cpp - a kernel that does nothing.
#include "api/dataflow/dataflow_api.h"

void kernel_main() {}
