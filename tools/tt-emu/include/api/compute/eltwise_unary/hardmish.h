/* hardmish.h - hardmish. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_HARDMISH
#include "tt-emu/sfpu_calls.h"
#undef SFPU_HARDMISH
