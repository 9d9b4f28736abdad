/* sfpu.h - the table of vector engine operations (sfpu_table.c). */
#ifndef TT_EMU_LIB_SFPU_H
#define TT_EMU_LIB_SFPU_H

#include "compute.h"
#include "tt-emu/sfpu.h"

enum { EMU_SFPU_RUN = 16 }; /* elements per step: one face row */

/* Raw scalar parameters of a call; an operation reads them as binary32 bits or
 * as integers. */
typedef struct EmuSfpuParams {
  uint32_t word[3];
} EmuSfpuParams;

/* Computes EMU_SFPU_RUN elements; all inputs may be the output. */
typedef void EmuSfpuFunction(uint32_t *out, const uint32_t *x,
                             const uint32_t *y, const uint32_t *z,
                             const EmuSfpuParams *params);

typedef struct EmuSfpuRow {
  const char *call;
  EmuSfpuFunction *function;
  EmuSfpuKey key;
  EmuKind kind;
  bool checks_options; /* options of call and init have to agree */
  bool writes_only;    /* does not read its tile */
} EmuSfpuRow;

extern const EmuSfpuRow emu_sfpu_unaries[EMU_SFPU_UNARIES];
extern const EmuSfpuRow emu_sfpu_binaries[EMU_SFPU_BINARIES];
extern const EmuSfpuRow emu_sfpu_ternaries[EMU_SFPU_TERNARIES];
extern const char *const emu_sfpu_inits[EMU_SFPU_KEYS];

/* Whether the programmed state fits (sfpu.c); reports when not. */
bool emu_sfpu_require(EmuCompute *compute, const char *call, EmuSfpuKey key,
                      bool check_options, uint32_t options);

#endif
