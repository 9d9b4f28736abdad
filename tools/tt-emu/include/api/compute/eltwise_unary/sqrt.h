/* sqrt.h - square root. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_SQRT
#include "tt-emu/sfpu_calls.h"
#undef SFPU_SQRT
