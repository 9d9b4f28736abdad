/* gelu.h - gelu. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_GELU
#include "tt-emu/sfpu_calls.h"
#undef SFPU_GELU
