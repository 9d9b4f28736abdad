/* trigonometry.h - trigonometric and hyperbolic functions. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_TRIG
#include "tt-emu/sfpu_calls.h"
#undef SFPU_TRIG
