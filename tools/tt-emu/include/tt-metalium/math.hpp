/* math.hpp - see tt_align.hpp. */
#pragma once
#include <tt-metalium/tt_align.hpp>
