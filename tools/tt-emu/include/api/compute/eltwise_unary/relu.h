/* relu.h - the relu family. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_RELU
#include "tt-emu/sfpu_calls.h"
#undef SFPU_RELU
