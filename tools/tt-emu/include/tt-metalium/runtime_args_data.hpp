/* runtime_args_data.hpp - see program.hpp. */
#pragma once
#include <tt-metalium/program.hpp>
