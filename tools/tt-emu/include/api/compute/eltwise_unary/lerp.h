/* lerp.h - linear interpolation. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_LERP
#include "tt-emu/sfpu_calls.h"
#undef SFPU_LERP
