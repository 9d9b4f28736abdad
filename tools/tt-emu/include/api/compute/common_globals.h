/* common_globals.h - names of every compute header. */
#pragma once

#include "tt-emu/ckernel.h"
