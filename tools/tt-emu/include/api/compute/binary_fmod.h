/* binary_fmod.h - remainder of truncating division. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_BINARY_FMOD
#include "tt-emu/sfpu_calls.h"
#undef SFPU_BINARY_FMOD
