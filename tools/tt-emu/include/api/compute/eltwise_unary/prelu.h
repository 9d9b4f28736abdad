/* prelu.h - prelu. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_PRELU
#include "tt-emu/sfpu_calls.h"
#undef SFPU_PRELU
