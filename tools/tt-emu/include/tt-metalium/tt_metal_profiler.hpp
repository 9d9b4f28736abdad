/* tt_metal_profiler.hpp - newer path. */
#pragma once
#include <tt-metalium/host_api.hpp>
