/* assert.hpp - older path. */
#pragma once
#include <tt-metalium/assert.hpp>
