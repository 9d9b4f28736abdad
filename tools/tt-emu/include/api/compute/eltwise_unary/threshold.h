/* threshold.h - threshold. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_THRESHOLD
#include "tt-emu/sfpu_calls.h"
#undef SFPU_THRESHOLD
