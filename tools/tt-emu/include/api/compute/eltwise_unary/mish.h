/* mish.h - mish. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_MISH
#include "tt-emu/sfpu_calls.h"
#undef SFPU_MISH
