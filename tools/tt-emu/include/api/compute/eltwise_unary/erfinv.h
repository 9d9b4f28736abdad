/* erfinv.h - inverse error function. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_ERFINV
#include "tt-emu/sfpu_calls.h"
#undef SFPU_ERFINV
