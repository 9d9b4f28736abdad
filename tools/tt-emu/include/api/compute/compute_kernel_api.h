/* compute_kernel_api.h - the basic set of vector engine calls. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_API
#include "tt-emu/sfpu_calls.h"
#undef SFPU_API
