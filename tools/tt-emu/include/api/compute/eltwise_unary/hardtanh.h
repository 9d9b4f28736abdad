/* hardtanh.h - hardtanh. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_HARDTANH
#include "tt-emu/sfpu_calls.h"
#undef SFPU_HARDTANH
