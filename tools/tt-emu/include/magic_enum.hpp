/* magic_enum.hpp - under the older path. */
#pragma once
#include "magic_enum/magic_enum.hpp"
