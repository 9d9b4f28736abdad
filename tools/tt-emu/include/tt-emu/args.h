/* args.h - kernel arguments: run time, common and compile time. */
#ifndef TT_EMU_ARGS_H
#define TT_EMU_ARGS_H

#include "tt-emu/dataflow.h"

#include <array>

#ifndef KERNEL_COMPILE_TIME_ARGS
#define KERNEL_COMPILE_TIME_ARGS
#endif
#ifndef EMU_NAMED_ARGS
#define EMU_NAMED_ARGS
#endif

namespace emu {
template <class... T>
constexpr std::array<uint32_t, sizeof...(T)> words(T... w) {
  return {{static_cast<uint32_t>(w)...}};
}

struct NamedArg {
  const char *name;
  uint32_t value;
};

constexpr bool same_text(const char *left, const char *right) {
  while (*left && *left == *right) {
    ++left;
    ++right;
  }
  return *left == *right;
}

constexpr uint32_t named_arg(const char *name) {
  constexpr NamedArg known[] = {{"", 0}, EMU_NAMED_ARGS};
  for (const NamedArg &one : known)
    if (same_text(one.name, name))
      return one.value;
  // Not a constant expression: a name the host did not give does not compile.
  __builtin_trap();
}
} // namespace emu

constexpr auto kernel_compile_time_args = emu::words(KERNEL_COMPILE_TIME_ARGS);

template <uint32_t Index> constexpr uint32_t get_ct_arg() {
  static_assert(Index < kernel_compile_time_args.size(),
                "[arg-range] the host gave fewer compile-time arguments");
  return kernel_compile_time_args[Index];
}

#define get_compile_time_arg_val(index) get_ct_arg<(index)>()

constexpr uint32_t get_named_compile_time_arg_val(const char *name) {
  return emu::named_arg(name);
}

template <class T> inline T get_arg_val(int index, EMU_SITE) {
  static_assert(sizeof(T) == 4, "a runtime argument is one 32-bit word");
  const uint32_t word = emu_arg(static_cast<uint32_t>(index), false, site);
  T value;
  __builtin_memcpy(&value, &word, 4);
  return value;
}

template <class T> inline T get_common_arg_val(int index, EMU_SITE) {
  static_assert(sizeof(T) == 4, "a runtime argument is one 32-bit word");
  const uint32_t word = emu_arg(static_cast<uint32_t>(index), true, site);
  T value;
  __builtin_memcpy(&value, &word, 4);
  return value;
}

inline uintptr_t get_arg_addr(int index, EMU_SITE) {
  return emu_arg_address(static_cast<uint32_t>(index), false, site);
}

inline uintptr_t get_common_arg_addr(int index, EMU_SITE) {
  return emu_arg_address(static_cast<uint32_t>(index), true, site);
}

inline uint32_t get_absolute_logical_x() { return emu_logical_x(false); }
inline uint32_t get_absolute_logical_y() { return emu_logical_y(false); }
inline uint32_t get_relative_logical_x() { return emu_logical_x(true); }
inline uint32_t get_relative_logical_y() { return emu_logical_y(true); }

#endif
