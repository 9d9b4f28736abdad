/* cb_api.h - circular buffer calls of compute kernels. */
#pragma once
#include "tt-emu/args.h"
#include "tt-emu/cb.h"
