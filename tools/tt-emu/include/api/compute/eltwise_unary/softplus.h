/* softplus.h - softplus. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_SOFTPLUS
#include "tt-emu/sfpu_calls.h"
#undef SFPU_SOFTPLUS
