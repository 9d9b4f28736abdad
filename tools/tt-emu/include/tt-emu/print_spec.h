/* print_spec.h - how a number or text is to be printed, for kernels and the
 * library.
 */
#ifndef TT_EMU_PRINT_SPEC_H
#define TT_EMU_PRINT_SPEC_H

#include "tt-emu/site.h"

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* align: '<', '>', '^' or 0; sign: shown before a number that is not negative,
 * or 0; type: the letter of printf, 'b' for binary, or 0; precision: below 0 if
 * none was given. */
typedef struct EmuPrintSpec {
  char fill, align, sign, type;
  bool alternate, zeros;
  bool stream; /* text is aligned as numbers are */
  uint32_t width;
  int32_t precision;
} EmuPrintSpec;
#define EMU_PRINT_PLAIN                                                        \
  { ' ', 0, 0, 0, false, false, false, 0, -1 }

/* Rows h0, h0 + hs, .. below h1 and columns likewise of a tile of a circular
 * buffer, counted from the processor's read or write pointer. */
typedef struct EmuPrintSlice {
  uint32_t cb, tile;
  uint32_t h0, h1, hs, w0, w1, ws;
  uint32_t most_bytes;
  bool write_pointer, line_per_row;
  bool untilized; /* the tile is stored in faces */
} EmuPrintSlice;

void emu_print(const char *text, size_t bytes);
void emu_print_text(const char *text, const EmuPrintSpec *spec);
void emu_print_integer(uint64_t magnitude, bool negative,
                       const EmuPrintSpec *spec);
/* `single`: the value is a float of 32 bits. */
void emu_print_real(double value, bool single, const EmuPrintSpec *spec);
/* Prints a format up to its next {}, which it takes apart; an argument that is
 * named by number is stored. False: there is none. */
bool emu_print_field(const char **format, EmuPrintSpec *spec,
                     uint32_t *argument);
void emu_print_slice(const EmuPrintSlice *slice, EmuFormat format,
                     const EmuPrintSpec *spec);

#ifdef __cplusplus
}
#endif

#endif
