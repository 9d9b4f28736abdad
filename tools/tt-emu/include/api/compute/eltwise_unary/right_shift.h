/* right_shift.h - shift right by a scalar. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_RIGHT_SHIFT
#include "tt-emu/sfpu_calls.h"
#undef SFPU_RIGHT_SHIFT
