/* add_int_sfpu.h - integer addition of two DST tiles. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_ADD_INT
#include "tt-emu/sfpu_calls.h"
#undef SFPU_ADD_INT
