/* log1p.h - log(1 + x). */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_LOG1P
#include "tt-emu/sfpu_calls.h"
#undef SFPU_LOG1P
