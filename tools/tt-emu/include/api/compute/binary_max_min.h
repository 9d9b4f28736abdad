/* binary_max_min.h - maximum and minimum of two DST tiles. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_BINARY_MAX_MIN
#include "tt-emu/sfpu_calls.h"
#undef SFPU_BINARY_MAX_MIN
