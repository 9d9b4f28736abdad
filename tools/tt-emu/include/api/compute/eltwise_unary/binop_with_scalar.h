/* binop_with_scalar.h - arithmetic with a scalar. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_SCALAR
#include "tt-emu/sfpu_calls.h"
#undef SFPU_SCALAR
