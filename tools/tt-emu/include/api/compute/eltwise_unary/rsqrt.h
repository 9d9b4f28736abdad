/* rsqrt.h - reciprocal square root. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_RSQRT
#include "tt-emu/sfpu_calls.h"
#undef SFPU_RSQRT
