/* logical_not.h - logical not. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_LOGICAL_NOT
#include "tt-emu/sfpu_calls.h"
#undef SFPU_LOGICAL_NOT
