/* activations.h - smaller activations. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_ACTIVATIONS
#include "tt-emu/sfpu_calls.h"
#undef SFPU_ACTIVATIONS
