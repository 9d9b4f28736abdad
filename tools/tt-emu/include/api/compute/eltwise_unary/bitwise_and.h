/* bitwise_and.h - bitwise and with a scalar. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_BITWISE_AND
#include "tt-emu/sfpu_calls.h"
#undef SFPU_BITWISE_AND
