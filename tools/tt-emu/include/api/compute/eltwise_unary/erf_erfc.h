/* erf_erfc.h - error functions. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_ERF
#include "tt-emu/sfpu_calls.h"
#undef SFPU_ERF
