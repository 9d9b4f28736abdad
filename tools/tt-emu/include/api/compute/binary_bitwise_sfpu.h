/* binary_bitwise_sfpu.h - bitwise operations on two DST tiles. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_BINARY_BITWISE
#include "tt-emu/sfpu_calls.h"
#undef SFPU_BINARY_BITWISE
