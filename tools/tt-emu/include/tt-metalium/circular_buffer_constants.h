/* circular_buffer_constants.h - see circular_buffer_config.hpp. */
#pragma once
#include <hostdevcommon/kernel_structs.h>
