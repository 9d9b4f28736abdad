/* assert.hpp - TT_FATAL and its kin: a false condition throws. */
#pragma once

#include <fmt/core.h>

#include <stdexcept>
#include <string>

namespace tt::emu {
[[noreturn]] inline void fail(const char *file, int line,
                              const std::string &condition,
                              const std::string &message) {
  throw std::runtime_error(std::string(file) + ":" + std::to_string(line) +
                           ": " + condition + ": " + message);
}
inline std::string message() { return "info: none"; }
template <class... T>
std::string message(fmt::format_string<T...> format, const T &...arguments) {
  return fmt::format(format, arguments...);
}
} // namespace tt::emu

#define TT_FATAL(condition, ...)                                               \
  do {                                                                         \
    if (!(condition)) [[unlikely]]                                             \
      ::tt::emu::fail(__FILE__, __LINE__, "TT_FATAL: " #condition,             \
                      ::tt::emu::message(__VA_ARGS__));                        \
  } while (0)
#define TT_ASSERT(condition, ...)                                              \
  do {                                                                         \
    if (!(condition)) [[unlikely]]                                             \
      ::tt::emu::fail(__FILE__, __LINE__, "TT_ASSERT: " #condition,            \
                      ::tt::emu::message(__VA_ARGS__));                        \
  } while (0)
#define TT_THROW(...)                                                          \
  ::tt::emu::fail(__FILE__, __LINE__, "TT_THROW",                              \
                  ::tt::emu::message(__VA_ARGS__))
