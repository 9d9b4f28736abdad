/* print.h - DPRINT in both spellings: a stream, and a format with {}. */
#ifndef TT_EMU_PRINT_H
#define TT_EMU_PRINT_H

#include "tt-emu/dataflow.h"

namespace emu {

struct Print {
  mutable bool hex = false;

  const Print &put(const char *text) const {
    emu_print(text, __builtin_strlen(text));
    return *this;
  }
  const Print &integer(uint64_t value, bool negative) const {
    char text[40];
    emu_print(text, emu_print_integer(text, value, negative, hex));
    return *this;
  }
  const Print &operator<<(const char *text) const { return put(text); }
  const Print &operator<<(char c) const {
    emu_print(&c, 1);
    return *this;
  }
  const Print &operator<<(bool value) const { return put(value ? "1" : "0"); }
  const Print &operator<<(double value) const {
    char text[40];
    emu_print(text, emu_print_number(text, value));
    return *this;
  }
  const Print &operator<<(float value) const { return *this << double(value); }
  template <class T>
  auto operator<<(T value) const
      -> decltype(static_cast<uint64_t>(value), *this) {
    const bool negative = value < T(0);
    const uint64_t bits = static_cast<uint64_t>(value);
    return integer(negative ? ~bits + 1 : bits, negative);
  }
  const Print &operator<<(const Print &(*change)(const Print &)) const {
    return change(*this);
  }

  void operator()(const char *format) const { put(format); }
  template <class First, class... Rest>
  void operator()(const char *format, First first, Rest... rest) const {
    const char *open = format;
    while (*open && *open != '{')
      ++open;
    emu_print(format, static_cast<size_t>(open - format));
    if (!*open)
      return;
    while (*open && *open != '}')
      ++open;
    *this << first;
    (*this)(*open ? open + 1 : open, rest...);
  }
};
} // namespace emu

inline const emu::Print &HEX(const emu::Print &print) {
  print.hex = true;
  return print;
}
inline const emu::Print &DEC(const emu::Print &print) {
  print.hex = false;
  return print;
}
struct ENDL {};
inline const emu::Print &operator<<(const emu::Print &print, ENDL) {
  return print.put("\n");
}
struct SETW {
  constexpr explicit SETW(char, bool = true) {}
};
inline const emu::Print &operator<<(const emu::Print &print, SETW) {
  return print;
}
inline const emu::Print &FIXED(const emu::Print &print) { return print; }
struct SETPRECISION {
  constexpr explicit SETPRECISION(char) {}
};
inline const emu::Print &operator<<(const emu::Print &print, SETPRECISION) {
  return print;
}
struct F32 {
  float value;
  constexpr explicit F32(float v) : value(v) {}
};
inline const emu::Print &operator<<(const emu::Print &print, F32 number) {
  return print << number.value;
}
struct U32 {
  uint32_t value;
  constexpr explicit U32(uint32_t v) : value(v) {}
};
inline const emu::Print &operator<<(const emu::Print &print, U32 number) {
  return print << number.value;
}
struct BF16 {
  uint16_t bits;
  constexpr explicit BF16(uint16_t b) : bits(b) {}
};
inline const emu::Print &operator<<(const emu::Print &print, BF16 number) {
  const uint32_t word = uint32_t(number.bits) << 16;
  float value;
  __builtin_memcpy(&value, &word, 4);
  return print << value;
}

struct SliceRange {
  uint8_t h0, h1, hs, w0, w1, ws;
};
enum dprint_tslice_cb_t { TSLICE_INPUT_CB, TSLICE_OUTPUT_CB };
enum dprint_tslice_ptr_t { TSLICE_RD_PTR, TSLICE_WR_PTR };
struct TileSlice {
  template <class... T> constexpr explicit TileSlice(T &&...) {}
};
inline const emu::Print &operator<<(const emu::Print &print,
                                    const TileSlice &) {
  return print.put("(tile)");
}

#define DPRINT                                                                 \
  emu::Print {}
#define DEVICE_PRINT                                                           \
  emu::Print {}

#ifdef TRISC_UNPACK
#define DPRINT_UNPACK(x) x
#define DEVICE_PRINT_UNPACK(...) DEVICE_PRINT(__VA_ARGS__)
#else
#define DPRINT_UNPACK(x)
#define DEVICE_PRINT_UNPACK(...)
#endif
#ifdef TRISC_MATH
#define DPRINT_MATH(x) x
#define DEVICE_PRINT_MATH(...) DEVICE_PRINT(__VA_ARGS__)
#else
#define DPRINT_MATH(x)
#define DEVICE_PRINT_MATH(...)
#endif
#ifdef TRISC_PACK
#define DPRINT_PACK(x) x
#define DEVICE_PRINT_PACK(...) DEVICE_PRINT(__VA_ARGS__)
#else
#define DPRINT_PACK(x)
#define DEVICE_PRINT_PACK(...)
#endif
#ifdef COMPILE_FOR_BRISC
#define DPRINT_DATA0(x) x
#define DEVICE_PRINT_DATA0(...) DEVICE_PRINT(__VA_ARGS__)
#else
#define DPRINT_DATA0(x)
#define DEVICE_PRINT_DATA0(...)
#endif
#ifdef COMPILE_FOR_NCRISC
#define DPRINT_DATA1(x) x
#define DEVICE_PRINT_DATA1(...) DEVICE_PRINT(__VA_ARGS__)
#else
#define DPRINT_DATA1(x)
#define DEVICE_PRINT_DATA1(...)
#endif

#endif
