/* clamp.h - clamp to a range. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_CLAMP
#include "tt-emu/sfpu_calls.h"
#undef SFPU_CLAMP
