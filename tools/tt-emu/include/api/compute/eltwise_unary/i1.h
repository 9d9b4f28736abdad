/* i1.h - modified Bessel function of order 1. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_BESSEL1
#include "tt-emu/sfpu_calls.h"
#undef SFPU_BESSEL1
