/* negative.h - negation. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_NEGATIVE
#include "tt-emu/sfpu_calls.h"
#undef SFPU_NEGATIVE
