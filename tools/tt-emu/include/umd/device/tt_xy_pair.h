/* tt_xy_pair.h - see core_coord.hpp. */
#pragma once
#include <tt-metalium/core_coord.hpp>
