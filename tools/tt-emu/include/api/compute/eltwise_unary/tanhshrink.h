/* tanhshrink.h - x - tanh(x). */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_TANHSHRINK
#include "tt-emu/sfpu_calls.h"
#undef SFPU_TANHSHRINK
