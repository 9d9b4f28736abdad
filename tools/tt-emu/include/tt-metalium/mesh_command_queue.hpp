/* mesh_command_queue.hpp - see distributed.hpp. */
#pragma once
#include <tt-metalium/distributed.hpp>
