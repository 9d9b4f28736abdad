/* compile_time_args.h - compile-time arguments of a kernel. */
#pragma once
#include "tt-emu/args.h"
