/* buffer.hpp - older path of host_api.hpp. */
#pragma once
#include <tt-metalium/host_api.hpp>
