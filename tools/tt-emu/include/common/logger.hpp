/* logger.hpp - older path. */
#pragma once
#include <tt-logger/tt-logger.hpp>
