/* work_split.hpp - older path. */
#pragma once
#include <tt-metalium/work_split.hpp>
