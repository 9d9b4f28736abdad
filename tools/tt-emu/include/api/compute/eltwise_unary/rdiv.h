/* rdiv.h - scalar over x. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_RDIV
#include "tt-emu/sfpu_calls.h"
#undef SFPU_RDIV
