/* data_types.hpp - see kernel_types.hpp. */
#pragma once
#include <tt-metalium/kernel_types.hpp>
