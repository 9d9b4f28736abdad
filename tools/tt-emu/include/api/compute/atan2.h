/* atan2.h - angle of a point. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_ATAN2
#include "tt-emu/sfpu_calls.h"
#undef SFPU_ATAN2
