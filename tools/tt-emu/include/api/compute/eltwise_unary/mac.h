/* mac.h - a * b + c. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_MAC
#include "tt-emu/sfpu_calls.h"
#undef SFPU_MAC
