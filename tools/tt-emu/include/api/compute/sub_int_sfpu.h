/* sub_int_sfpu.h - integer subtraction of two DST tiles. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_SUB_INT
#include "tt-emu/sfpu_calls.h"
#undef SFPU_SUB_INT
