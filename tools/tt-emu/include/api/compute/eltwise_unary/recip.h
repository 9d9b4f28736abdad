/* recip.h - reciprocal. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_RECIP
#include "tt-emu/sfpu_calls.h"
#undef SFPU_RECIP
