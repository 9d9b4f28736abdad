/* fpu.h - arithmetic of the matrix engine on whole tiles (fpu_arith.c). */
#ifndef TT_EMU_LIB_FPU_H
#define TT_EMU_LIB_FPU_H

#include "compute.h"

/* dst += in0 x in1, both 32x32 row-major floats, as the fidelity and the width
 * of DST of `core` have it. */
void emu_fpu_matmul(const EmuCore *core, float *dst, const EmuTile *in0,
                    const EmuTile *in1);
/* dst = a op b (+ dst), `b` broadcast. `op`: EmuMathOp. */
void emu_fpu_binary(const EmuCore *core, const EmuKey *key, float *dst,
                    const EmuTile *a, const EmuTile *b);
/* Copies row 0, column 0 or [0][0] over the tile. */
void emu_fpu_broadcast(EmuTile *tile, uint32_t broadcast);
/* Accumulates the reduction of `in` into row 0, column 0 or [0][0] of dst. */
void emu_fpu_reduce(const EmuCore *core, const EmuKey *key, float *dst,
                    const EmuTile *in, const EmuTile *scaler);

#endif
