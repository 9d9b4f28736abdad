/* dprint_tensix.h - printing from kernels. */
#pragma once
#include "tt-emu/print.h"
