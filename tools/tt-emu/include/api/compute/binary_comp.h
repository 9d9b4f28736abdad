/* binary_comp.h - integer comparison of two DST tiles. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_BINARY_COMP
#include "tt-emu/sfpu_calls.h"
#undef SFPU_BINARY_COMP
