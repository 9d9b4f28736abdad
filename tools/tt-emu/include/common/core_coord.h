/* core_coord.h - older path. */
#pragma once
#include <tt-metalium/core_coord.hpp>
