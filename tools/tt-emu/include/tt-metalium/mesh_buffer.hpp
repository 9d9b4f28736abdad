/* mesh_buffer.hpp - see distributed.hpp. */
#pragma once
#include <tt-metalium/distributed.hpp>
