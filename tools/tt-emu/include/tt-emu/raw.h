/* raw.h - instructions below the kernel API, which are not emulated.
 *
 * Libraries of the SDK mention some of them in functions that a kernel may
 * never call, so the names exist; a kernel that runs into one is refused there.
 */
#ifndef TT_EMU_RAW_H
#define TT_EMU_RAW_H

#include "tt-emu/compute.h"

#define EMU_RAW(name)                                                          \
  emu_unsupported(name,                                                        \
                  "instructions and registers are below the level of this "    \
                  "emulator: use the functions of the compute API",            \
                  EmuSite{__builtin_FILE(), uint32_t(__builtin_LINE())})

#define TTI_NOP EMU_RAW("TTI_NOP")
#define TTI_SEMWAIT(...) EMU_RAW("TTI_SEMWAIT")
#define TTI_SEMGET(...) EMU_RAW("TTI_SEMGET")
#define TTI_SEMPOST(...) EMU_RAW("TTI_SEMPOST")
#define TTI_STALLWAIT(...) EMU_RAW("TTI_STALLWAIT")
#define TTI_SETC16(...) EMU_RAW("TTI_SETC16")
#define TTI_WRCFG(...) EMU_RAW("TTI_WRCFG")
#define TTI_SETRWC(...) EMU_RAW("TTI_SETRWC")
#define TTI_ZEROACC(...) EMU_RAW("TTI_ZEROACC")
#define TTI_CLEARDVALID(...) EMU_RAW("TTI_CLEARDVALID")
#define TT_SETC16(...) EMU_RAW("TT_SETC16")

#endif
