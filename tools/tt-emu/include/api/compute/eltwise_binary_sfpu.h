/* eltwise_binary_sfpu.h - arithmetic and comparison of two DST tiles. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_BINARY_FLOAT
#include "tt-emu/sfpu_calls.h"
#undef SFPU_BINARY_FLOAT
