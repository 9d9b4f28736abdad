/* circular_buffer_constants.h - see circular_buffer_config.hpp. Host arrays
 * have room for the circular buffers of every architecture. */
#pragma once
#include <cstdint>
#include <hostdevcommon/kernel_structs.h>

constexpr std::uint32_t NUM_CIRCULAR_BUFFERS = 64;
