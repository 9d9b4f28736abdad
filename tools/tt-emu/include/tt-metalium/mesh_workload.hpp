/* mesh_workload.hpp - see distributed.hpp. */
#pragma once
#include <tt-metalium/distributed.hpp>
