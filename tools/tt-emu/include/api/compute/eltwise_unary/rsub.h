/* rsub.h - scalar minus x. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_RSUB
#include "tt-emu/sfpu_calls.h"
#undef SFPU_RSUB
