/* cbrt.h - cube root. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_CBRT
#include "tt-emu/sfpu_calls.h"
#undef SFPU_CBRT
