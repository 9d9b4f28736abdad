/* print.h - DPRINT in both spellings: a stream, and a format with {}.
 *
 * A stream keeps its base, precision and form from one statement to the next,
 * per processor; a width holds for one item.
 */
#ifndef TT_EMU_PRINT_H
#define TT_EMU_PRINT_H

#include "tt-emu/dataflow.h"
#include "tt-emu/frame.h"
#include "tt-emu/print_spec.h"

#include <type_traits>
#include <utility>

namespace emu {

// Of this namespace, so that print_value of the items below is found.
struct PrintSpec : EmuPrintSpec {
  constexpr PrintSpec() : EmuPrintSpec EMU_PRINT_PLAIN {}
};

struct PrintState {
  char base = 0, form = 'g';
  int32_t precision = 6;
  uint32_t width = 0;
  bool after_slice = false; // which ends its lines itself

  PrintSpec next(char type) {
    PrintSpec spec;
    spec.stream = true;
    spec.type = type;
    spec.width = width;
    spec.precision = precision;
    width = 0;
    after_slice = false;
    return spec;
  }
};
inline PrintState print_state;

/*===- values -------------------------------------------------------------===*/

inline void print_value(const char *text, const PrintSpec &spec) {
  emu_print_text(text, &spec);
}
inline void print_value(char *text, const PrintSpec &spec) {
  emu_print_text(text, &spec);
}
inline void print_value(float value, const PrintSpec &spec) {
  emu_print_real(double(value), true, &spec);
}
inline void print_value(double value, const PrintSpec &spec) {
  emu_print_real(value, false, &spec);
}

// A stream writes the bits of a negative number in another base than ten.
template <class T> void print_integer(T value, const PrintSpec &spec) {
  const uint64_t bits = static_cast<uint64_t>(value);
  if (spec.type == 'f' || spec.type == 'e' || spec.type == 'g')
    emu_print_real(static_cast<double>(value), false, &spec);
  else if (!(value < T(0)))
    emu_print_integer(bits, false, &spec);
  else if (spec.stream && spec.type)
    emu_print_integer(bits & (~uint64_t(0) >> (64 - 8 * sizeof(T))), false,
                      &spec);
  else
    emu_print_integer(~bits + 1, true, &spec);
}

// Integers, characters and enumerators.
template <class T>
auto print_value(T value, const PrintSpec &spec)
    -> decltype(static_cast<uint64_t>(value), void()) {
  if constexpr (std::is_same_v<T, bool>) {
    if (spec.type || spec.stream)
      emu_print_integer(value, false, &spec);
    else
      emu_print_text(value ? "true" : "false", &spec);
  } else if constexpr (std::is_same_v<T, char>) {
    const char text[] = {value, 0};
    if (spec.stream || !spec.type || spec.type == 'c')
      emu_print_text(text, &spec);
    else
      print_integer(value, spec);
  } else {
    print_integer(value, spec);
  }
}
template <class T> void print_value(T *pointer, const PrintSpec &spec) {
  PrintSpec hex = spec;
  hex.type = 'x';
  hex.alternate = true;
  emu_print_integer(reinterpret_cast<uintptr_t>(pointer), false, &hex);
}

template <class T> constexpr bool prints_real = std::is_floating_point_v<T>;

struct Print {
  template <class T> void put(const T &value) const {
    print_value(value, print_state.next(prints_real<T> ? print_state.form
                                                       : print_state.base));
  }
};

template <class T, class = decltype(print_value(std::declval<T>(),
                                                std::declval<PrintSpec>()))>
const Print &operator<<(const Print &print, T value) {
  print.put(value);
  return print;
}

/*===- formats ------------------------------------------------------------===*/

template <class... T>
std::integral_constant<size_t, sizeof...(T)> counted(T...);

// Each {} has its argument, or all name one by number.
constexpr bool print_fits(const char *format, size_t arguments) {
  size_t next = 0, most = 0;
  for (; *format; ++format) {
    if ((*format == '{' || *format == '}') && format[1] == *format) {
      ++format;
      continue;
    }
    if (*format == '}')
      return false;
    if (*format != '{')
      continue;
    size_t named = 0;
    const char *const first = ++format;
    for (; *format >= '0' && *format <= '9'; ++format)
      named = named * 10 + size_t(*format - '0');
    const size_t which = format == first ? next++ : named;
    most = which + 1 > most ? which + 1 : most;
    while (*format && *format != '}')
      ++format;
    if (!*format)
      return false;
  }
  return most == arguments;
}

inline void print_nth(uint32_t, const PrintSpec &) {}
template <class First, class... Rest>
void print_nth(uint32_t which, const PrintSpec &spec, First first,
               Rest... rest) {
  if (which)
    print_nth(which - 1, spec, rest...);
  else
    print_value(first, spec);
}

template <bool Fits, class... T>
void print_formatted(const char *format, T... arguments) {
  static_assert(Fits, "the {} of the format and the arguments do not agree");
  PrintSpec spec;
  for (uint32_t next = 0;; ++next) {
    uint32_t which = next;
    if (!emu_print_field(&format, &spec, &which))
      return;
    print_nth(which, spec, arguments...);
  }
}

} // namespace emu

inline constexpr emu::Print DPRINT{};
#define DEVICE_PRINT(format, ...)                                              \
  emu::print_formatted<emu::print_fits(                                        \
      format, decltype(emu::counted(__VA_ARGS__))::value)>(format,             \
                                                           ##__VA_ARGS__)
#define DPRINT(format, ...) DEVICE_PRINT(format, ##__VA_ARGS__)

#include "tt-emu/print_items.h"

/*===- one processor ------------------------------------------------------===*/

namespace emu {

// Of the one argument of DPRINT_MATH and its kin as text: a format without
// arguments, or statements.
constexpr bool print_lone_fits(const char *text) {
  return *text != '"' || print_fits(text, 0);
}

// Prints what stands before it if that is text.
template <bool Fits> struct PrintText {};
template <bool Fits> void operator,(const char *text, PrintText<Fits>) {
  print_formatted<Fits>(text);
}

} // namespace emu

// DPRINT_MATH("x {}\n", x), DPRINT_MATH("x\n"), or DPRINT_MATH(DPRINT << x).
#define EMU_PRINT_HERE(first, ...)                                             \
  EMU_PRINT_HERE_##__VA_OPT__(FORMAT)(first __VA_OPT__(, ) __VA_ARGS__)
#define EMU_PRINT_HERE_FORMAT(...) DEVICE_PRINT(__VA_ARGS__)
#define EMU_PRINT_HERE_(...)                                                   \
  static_cast<void>((({ __VA_ARGS__; }),                                       \
                     emu::PrintText<emu::print_lone_fits(#__VA_ARGS__)>{}))
#define EMU_PRINT_NOWHERE(...) static_cast<void>(0)

#ifdef TRISC_UNPACK
#define DPRINT_UNPACK(...) EMU_PRINT_HERE(__VA_ARGS__)
#else
#define DPRINT_UNPACK EMU_PRINT_NOWHERE
#endif
#ifdef TRISC_MATH
#define DPRINT_MATH(...) EMU_PRINT_HERE(__VA_ARGS__)
#else
#define DPRINT_MATH EMU_PRINT_NOWHERE
#endif
#ifdef TRISC_PACK
#define DPRINT_PACK(...) EMU_PRINT_HERE(__VA_ARGS__)
#else
#define DPRINT_PACK EMU_PRINT_NOWHERE
#endif
// The processor that drives NoC 0, or 1; which of the two that is the host
// chooses.
#if defined(COMPILE_FOR_BRISC) || defined(COMPILE_FOR_NCRISC)
#define EMU_PRINT_ON_NOC(noc, ...)                                             \
  do {                                                                         \
    if (noc_index == noc)                                                      \
      EMU_PRINT_HERE(__VA_ARGS__);                                             \
  } while (0)
#define DPRINT_DATA0(...) EMU_PRINT_ON_NOC(0, __VA_ARGS__)
#define DPRINT_DATA1(...) EMU_PRINT_ON_NOC(1, __VA_ARGS__)
#else
#define DPRINT_DATA0 EMU_PRINT_NOWHERE
#define DPRINT_DATA1 EMU_PRINT_NOWHERE
#endif
#define DEVICE_PRINT_UNPACK DPRINT_UNPACK
#define DEVICE_PRINT_MATH DPRINT_MATH
#define DEVICE_PRINT_PACK DPRINT_PACK
#define DEVICE_PRINT_DATA0 DPRINT_DATA0
#define DEVICE_PRINT_DATA1 DPRINT_DATA1

#endif
