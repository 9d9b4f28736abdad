/* bitwise_or.h - bitwise or with a scalar. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_BITWISE_OR
#include "tt-emu/sfpu_calls.h"
#undef SFPU_BITWISE_OR
