/* hal.hpp - see device.hpp. */
#pragma once
#include <tt-metalium/device.hpp>
