/* bitwise_not.h - bitwise not. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_BITWISE_NOT
#include "tt-emu/sfpu_calls.h"
#undef SFPU_BITWISE_NOT
