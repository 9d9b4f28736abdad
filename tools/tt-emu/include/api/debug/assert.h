/* assert.h - assertions of kernels. */
#pragma once
#include "tt-emu/dataflow.h"

#define ASSERT(condition, ...)                                                 \
  emu_assert(static_cast<bool>(condition), #condition,                         \
             EmuSite{__FILE__, static_cast<uint32_t>(__LINE__)})
#define LIGHTWEIGHT_KERNEL_ASSERT(condition) ASSERT(condition)
