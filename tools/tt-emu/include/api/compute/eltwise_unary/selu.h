/* selu.h - selu. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_SELU
#include "tt-emu/sfpu_calls.h"
#undef SFPU_SELU
