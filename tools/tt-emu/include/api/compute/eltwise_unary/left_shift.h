/* left_shift.h - shift left by a scalar. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_LEFT_SHIFT
#include "tt-emu/sfpu_calls.h"
#undef SFPU_LEFT_SHIFT
