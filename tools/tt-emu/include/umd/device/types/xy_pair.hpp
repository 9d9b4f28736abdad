/* xy_pair.hpp - see core_coord.hpp. */
#pragma once
#include <tt-metalium/core_coord.hpp>
