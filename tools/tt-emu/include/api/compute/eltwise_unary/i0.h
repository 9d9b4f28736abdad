/* i0.h - modified Bessel function of order 0. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_BESSEL0
#include "tt-emu/sfpu_calls.h"
#undef SFPU_BESSEL0
