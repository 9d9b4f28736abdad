/* gcd.h - greatest common divisor. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_GCD
#include "tt-emu/sfpu_calls.h"
#undef SFPU_GCD
