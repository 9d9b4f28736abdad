/* site.h - the vocabulary shared by kernels and the library.
 *
 * Every device function takes, as its last and defaulted parameter, the place
 * in the kernel source it was called from: `EMU_SITE` in its parameter list,
 * `site` handed on to the library. A default argument is evaluated at the call,
 * so the place is right in lambdas, templates and inlined code, and it costs
 * two registers. Included from C++ kernels and from the C library.
 */
#ifndef TT_EMU_SITE_H
#define TT_EMU_SITE_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct EmuSite {
  const char *file;
  uint32_t line;
} EmuSite;

/* The values are the ones of the hardware's format field. */
typedef enum EmuFormat {
  EMU_FLOAT32 = 0,
  EMU_FLOAT16 = 1,
  EMU_BFP8 = 2,
  EMU_BFP4 = 3,
  EMU_TF32 = 4,
  EMU_FLOAT16_B = 5,
  EMU_BFP8_B = 6,
  EMU_BFP4_B = 7,
  EMU_INT32 = 8,
  EMU_UINT16 = 9,
  EMU_LF8 = 10,
  EMU_BFP2 = 11,
  EMU_INT16 = 13,
  EMU_INT8 = 14,
  EMU_BFP2_B = 15,
  EMU_UINT32 = 24,
  EMU_FP8_E4M3 = 26,
  EMU_UINT8 = 30,
  EMU_RAW_UINT32 = 31,
  EMU_FORMAT_INVALID = 255
} EmuFormat;

#ifdef __cplusplus
}
/* A call, because a compiler gives a call in a default argument the place of
 * the call that uses it; a braced value it may give its own. */
constexpr EmuSite emu_here(const char *file, uint32_t line) {
  return EmuSite{file, line};
}
#define EMU_SITE                                                               \
  EmuSite site = emu_here(__builtin_FILE(), uint32_t(__builtin_LINE()))
#endif

#endif
