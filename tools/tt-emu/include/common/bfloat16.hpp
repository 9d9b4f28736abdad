/* bfloat16.hpp - older path. */
#pragma once
#include <tt-metalium/bfloat16.hpp>
