/* bitwise_xor.h - bitwise xor with a scalar. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_BITWISE_XOR
#include "tt-emu/sfpu_calls.h"
#undef SFPU_BITWISE_XOR
