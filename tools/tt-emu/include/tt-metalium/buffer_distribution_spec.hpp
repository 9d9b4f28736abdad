/* buffer_distribution_spec.hpp - see buffer.hpp. */
#pragma once
#include <tt-metalium/buffer.hpp>
