/* constants.hpp - older path. */
#pragma once
#include <tt-metalium/constants.hpp>
