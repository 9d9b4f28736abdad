/* print_items.h - what a stream of DPRINT takes besides values: manipulators,
 * numbers with their type, slices of tiles.
 */
#ifndef TT_EMU_PRINT_ITEMS_H
#define TT_EMU_PRINT_ITEMS_H

#include "tt-emu/print.h"

/*===- manipulators -------------------------------------------------------===*/

struct ENDL {};
struct HEX {};
struct OCT {};
struct DEC {};
struct FIXED {};
struct DEFAULTFLOAT {};
struct SETW {
  char width;
  constexpr SETW(char w, bool = true) : width(w) {}
};
struct SETPRECISION {
  char precision;
  constexpr SETPRECISION(char p) : precision(p) {}
};

namespace emu {

inline const Print &operator<<(const Print &print, ENDL) {
  if (!print_state.after_slice)
    emu_print("\n", 1);
  print_state.after_slice = false;
  return print;
}
inline const Print &operator<<(const Print &print, HEX) {
  print_state.base = 'x';
  return print;
}
inline const Print &operator<<(const Print &print, OCT) {
  print_state.base = 'o';
  return print;
}
inline const Print &operator<<(const Print &print, DEC) {
  print_state.base = 0;
  return print;
}
inline const Print &operator<<(const Print &print, FIXED) {
  print_state.form = 'f';
  return print;
}
inline const Print &operator<<(const Print &print, DEFAULTFLOAT) {
  print_state.form = 'g';
  return print;
}
inline const Print &operator<<(const Print &print, SETW item) {
  print_state.width = uint32_t(item.width);
  return print;
}
inline const Print &operator<<(const Print &print, SETPRECISION item) {
  print_state.precision = item.precision;
  return print;
}

} // namespace emu

/*===- numbers ------------------------------------------------------------===*/

struct F32 {
  float value;
  constexpr F32(float v) : value(v) {}
};
struct U32 {
  uint32_t value;
  constexpr U32(uint32_t v) : value(v) {}
};
struct BF16 {
  uint16_t bits;
  constexpr BF16(uint16_t b) : bits(b) {}
};
using bf16_t = BF16;

namespace emu {

template <> inline constexpr bool prints_real<F32> = true;
template <> inline constexpr bool prints_real<BF16> = true;

inline void print_value(F32 number, const PrintSpec &spec) {
  emu_print_real(double(number.value), true, &spec);
}
inline void print_value(U32 number, const PrintSpec &spec) {
  emu_print_integer(number.value, false, &spec);
}
inline void print_value(BF16 number, const PrintSpec &spec) {
  const uint32_t word = uint32_t(number.bits) << 16;
  float value;
  __builtin_memcpy(&value, &word, 4);
  emu_print_real(double(value), true, &spec);
}

} // namespace emu

/*===- slices of tiles ----------------------------------------------------===*/

struct SliceRange {
  uint8_t h0, h1, hs, w0, w1, ws;

  static constexpr SliceRange hw0_32_16() { return {0, 32, 16, 0, 32, 16}; }
  static constexpr SliceRange hw0_32_8() { return {0, 32, 8, 0, 32, 8}; }
  static constexpr SliceRange hw0_32_4() { return {0, 32, 4, 0, 32, 4}; }
  static constexpr SliceRange h0_w0_32() { return {0, 1, 1, 0, 32, 1}; }
  static constexpr SliceRange h0_32_w0() { return {0, 32, 1, 0, 1, 1}; }
  static constexpr SliceRange h0_32_w1() { return {0, 32, 1, 1, 2, 1}; }
  static constexpr SliceRange hw041() { return {0, 4, 1, 0, 4, 1}; }
};
enum dprint_tslice_cb_t { TSLICE_INPUT_CB, TSLICE_OUTPUT_CB };
enum dprint_tslice_ptr_t { TSLICE_RD_PTR, TSLICE_WR_PTR };

// After the range: on a data movement processor what the buffer is and which
// pointer to count from; a line per row; whether the tile is stored in faces.
template <int MaxBytes = 64> struct TileSlice {
  EmuPrintSlice slice;

  template <class... Options>
  TileSlice(uint32_t cb, int tile, const SliceRange &range, Options... options)
      : slice{cb,       uint32_t(tile), range.h0,
              range.h1, range.hs,       range.w0,
              range.w1, range.ws,       uint32_t(MaxBytes),
              kWrites,  true,           true} {
    uint32_t bools = 0;
    (take(options, bools), ...);
  }

private:
#if defined(COMPILE_FOR_NCRISC) || defined(TRISC_PACK)
  static constexpr bool kWrites = true;
#else
  static constexpr bool kWrites = false;
#endif
  void take(dprint_tslice_cb_t, uint32_t &) {}
  void take(dprint_tslice_ptr_t pointer, uint32_t &) {
    slice.write_pointer = pointer == TSLICE_WR_PTR;
  }
  void take(bool option, uint32_t &bools) {
    (bools++ ? slice.untilized : slice.line_per_row) = option;
  }
};
using TSLICE = TileSlice<64>;

namespace emu {

template <int MaxBytes>
void print_value(const TileSlice<MaxBytes> &tile, const PrintSpec &spec) {
  emu_print_slice(&tile.slice, EmuFormat(cb_formats[tile.slice.cb]), &spec);
  print_state.after_slice = tile.slice.line_per_row;
}
template <int MaxBytes>
inline constexpr bool prints_real<TileSlice<MaxBytes>> = true;

} // namespace emu

#endif
