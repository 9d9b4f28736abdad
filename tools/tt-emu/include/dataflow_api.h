/* dataflow_api.h - what data movement kernels include. */
#pragma once
#include "api/debug/assert.h"
#include "api/debug/waypoint.h"
#include "hostdevcommon/common_values.hpp"
#include "hostdevcommon/kernel_structs.h"
#include "tt-emu/accessor.h"
#include "tt-emu/addrgen.h"
#include "tt-emu/args.h"
#include "tt-emu/cb.h"
#include "tt-emu/noc.h"
