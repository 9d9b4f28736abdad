/* hardswish.h - hardswish. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_HARDSWISH
#include "tt-emu/sfpu_calls.h"
#undef SFPU_HARDSWISH
