/* binary_remainder.h - remainder of flooring division. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_BINARY_REMAINDER
#include "tt-emu/sfpu_calls.h"
#undef SFPU_BINARY_REMAINDER
