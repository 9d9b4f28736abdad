/* rounding.h - rounding to integers. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_ROUNDING
#include "tt-emu/sfpu_calls.h"
#undef SFPU_ROUNDING
