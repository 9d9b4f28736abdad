/* assert.hpp - see tt-metalium/assert.hpp. */
#pragma once
#include <tt-metalium/assert.hpp>
