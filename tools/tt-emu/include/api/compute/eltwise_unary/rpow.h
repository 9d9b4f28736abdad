/* rpow.h - scalar to the power of x. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_RPOW
#include "tt-emu/sfpu_calls.h"
#undef SFPU_RPOW
