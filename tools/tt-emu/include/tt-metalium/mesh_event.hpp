/* mesh_event.hpp - newer path. */
#pragma once
#include <tt-metalium/distributed.hpp>
