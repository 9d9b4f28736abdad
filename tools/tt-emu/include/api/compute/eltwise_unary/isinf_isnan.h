/* isinf_isnan.h - classification. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_ISINF
#include "tt-emu/sfpu_calls.h"
#undef SFPU_ISINF
