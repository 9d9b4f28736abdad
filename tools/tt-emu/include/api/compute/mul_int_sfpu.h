/* mul_int_sfpu.h - integer multiplication of two DST tiles. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_MUL_INT
#include "tt-emu/sfpu_calls.h"
#undef SFPU_MUL_INT
