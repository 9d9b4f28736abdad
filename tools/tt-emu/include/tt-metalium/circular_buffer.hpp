/* circular_buffer.hpp - see circular_buffer_config.hpp. */
#pragma once
#include <tt-metalium/circular_buffer_config.hpp>
