/* binary_shift.h - shifts of one DST tile by another. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_BINARY_SHIFT
#include "tt-emu/sfpu_calls.h"
#undef SFPU_BINARY_SHIFT
