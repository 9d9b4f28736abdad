/* tilize_untilize.hpp - older path. */
#pragma once
#include <tt-metalium/tilize_utils.hpp>
