/* tt-logger.hpp - messages of host programs, on standard error. */
#pragma once

#include <fmt/core.h>

namespace tt {
enum LogType { LogAlways, LogTest, LogMetal, LogOp, LogDevice, LogVerif };

namespace emu {
template <class... T>
void log(const char *level, LogType, std::string_view format,
         const T &...arguments) {
  fmt::print(stderr, "{}: {}\n", level, fmt::format(format, arguments...));
}
template <class... T>
void log(const char *level, std::string_view format, const T &...arguments) {
  fmt::print(stderr, "{}: {}\n", level, fmt::format(format, arguments...));
}
} // namespace emu

template <class... T> void log_info(const T &...arguments) {
  emu::log("info", arguments...);
}
template <class... T> void log_warning(const T &...arguments) {
  emu::log("warning", arguments...);
}
template <class... T> void log_error(const T &...arguments) {
  emu::log("error", arguments...);
}
template <class... T> void log_fatal(const T &...arguments) {
  emu::log("fatal", arguments...);
}
template <class... T> void log_debug(const T &...) {}
template <class... T> void log_trace(const T &...) {}

} // namespace tt

using tt::log_debug;
using tt::log_error;
using tt::log_fatal;
using tt::log_info;
using tt::log_trace;
using tt::log_warning;
