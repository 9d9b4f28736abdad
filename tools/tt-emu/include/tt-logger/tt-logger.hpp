/* tt-logger.hpp - messages of host programs, on standard error. */
#pragma once

#include <fmt/core.h>

namespace tt {
enum LogType { LogAlways, LogTest, LogMetal, LogOp, LogDevice, LogVerif };

#define EMU_LOG(level)                                                         \
  template <class... T>                                                        \
  void log_##level(fmt::format_string<T...> text, const T &...arguments) {     \
    fmt::print(stderr, #level ": {}\n", fmt::format(text, arguments...));      \
  }                                                                            \
  template <class... T>                                                        \
  void log_##level(LogType, fmt::format_string<T...> text,                     \
                   const T &...arguments) {                                    \
    tt::log_##level(text, arguments...);                                       \
  }
EMU_LOG(info)
EMU_LOG(warning)
EMU_LOG(error)
EMU_LOG(fatal)
#undef EMU_LOG
template <class... T> void log_debug(const T &...) {}
template <class... T> void log_trace(const T &...) {}

} // namespace tt

using tt::log_debug;
using tt::log_error;
using tt::log_fatal;
using tt::log_info;
using tt::log_trace;
using tt::log_warning;
