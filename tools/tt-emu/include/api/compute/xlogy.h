/* xlogy.h - x * log(y). */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_XLOGY
#include "tt-emu/sfpu_calls.h"
#undef SFPU_XLOGY
