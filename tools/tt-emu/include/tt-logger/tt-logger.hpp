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
} // namespace tt

#define log_info(...) ::tt::emu::log("info", __VA_ARGS__)
#define log_warning(...) ::tt::emu::log("warning", __VA_ARGS__)
#define log_error(...) ::tt::emu::log("error", __VA_ARGS__)
#define log_debug(...) static_cast<void>(0)
#define log_trace(...) static_cast<void>(0)
#define log_fatal(...) ::tt::emu::log("fatal", __VA_ARGS__)
