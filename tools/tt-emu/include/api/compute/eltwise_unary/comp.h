/* comp.h - comparisons with zero and with a scalar. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_COMP
#include "tt-emu/sfpu_calls.h"
#undef SFPU_COMP
