/* elu.h - elu. */
#pragma once

#include "api/compute/common_globals.h"

#define SFPU_ELU
#include "tt-emu/sfpu_calls.h"
#undef SFPU_ELU
