/* frame.h - what a generated kernel file has before and after the kernel: the
 * formats of its circular buffers as constants, and the entry the library
 * calls. A compute kernel may be `void kernel_main()` or the older
 * `namespace NAMESPACE { void MAIN { } }`.
 */
#ifndef TT_EMU_FRAME_H
#define TT_EMU_FRAME_H

#include "tt-emu/dataflow.h"

/* For a kernel that is only parsed: bf16 tiles in every buffer. */
#ifndef EMU_CB_FORMATS
#define EMU_FOUR(x) x, x, x, x
#define EMU_ALL(x) EMU_FOUR(EMU_FOUR(EMU_FOUR(x)))
#define EMU_CB_FORMATS EMU_ALL(5)
#define EMU_CB_PAGES EMU_ALL(2048)
#define EMU_CB_TILES EMU_ALL(32 << 16 | 32)
#endif

void kernel_main() __attribute__((weak));

#ifdef NAMESPACE
namespace NAMESPACE {
void emu_main() __attribute__((weak));
}
#define EMU_OLD_MAIN NAMESPACE::emu_main
#else
namespace emu {
inline void no_main() {}
} // namespace emu
#define EMU_OLD_MAIN emu::no_main
#endif

#define EMU_ENTRY                                                              \
  extern "C" __attribute__((visibility("default"))) void emu_kernel_entry() {  \
    void (*volatile entry)() = kernel_main;                                    \
    if (entry)                                                                 \
      entry();                                                                 \
    else                                                                       \
      EMU_OLD_MAIN();                                                          \
  }

namespace emu {
constexpr uint32_t cb_formats[] = {EMU_CB_FORMATS};
constexpr uint32_t cb_pages[] = {EMU_CB_PAGES};
constexpr uint32_t cb_tiles[] = {EMU_CB_TILES}; // rows << 16 | columns

// Bytes of a tile of rows x columns; block formats have one exponent byte per
// sixteen elements.
constexpr uint32_t tile_bytes(uint32_t format, uint32_t elements) {
  switch (format) {
  case EMU_FLOAT32:
  case EMU_INT32:
  case EMU_UINT32:
  case EMU_RAW_UINT32:
  case EMU_TF32:
    return 4 * elements;
  case EMU_FLOAT16:
  case EMU_FLOAT16_B:
  case EMU_UINT16:
  case EMU_INT16:
    return 2 * elements;
  case EMU_BFP8:
  case EMU_BFP8_B:
    return elements + elements / 16;
  case EMU_BFP4:
  case EMU_BFP4_B:
    return elements / 2 + elements / 16;
  case EMU_BFP2:
  case EMU_BFP2_B:
    return elements / 4 + elements / 16;
  case EMU_FORMAT_INVALID:
    return 0;
  default:
    return elements;
  }
}
} // namespace emu

#endif
