/* lcm.h - least common multiple. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_LCM
#include "tt-emu/sfpu_calls.h"
#undef SFPU_LCM
