/* logger.hpp - see tt-logger.hpp. */
#pragma once
#include <tt-logger/tt-logger.hpp>
