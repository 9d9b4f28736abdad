// CHECK: an interleaved tensor's shape is not known to its accessor
#include "api/dataflow/dataflow_api.h"

void kernel_main() {
  constexpr auto args = TensorAccessorArgs<2>();
  const auto in = TensorAccessor(args, get_arg_val<uint32_t>(0));
  DPRINT << in.dspec().rank() << ENDL();
}
