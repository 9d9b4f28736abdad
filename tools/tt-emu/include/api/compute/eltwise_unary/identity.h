/* identity.h - identity. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_IDENTITY
#include "tt-emu/sfpu_calls.h"
#undef SFPU_IDENTITY
