/* addcmul.h - a + s * b * c. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_ADDCMUL
#include "tt-emu/sfpu_calls.h"
#undef SFPU_ADDCMUL
