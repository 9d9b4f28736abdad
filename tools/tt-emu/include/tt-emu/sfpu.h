/* sfpu.h - numbers of the vector engine's inits and operations. */
#ifndef TT_EMU_SFPU_H
#define TT_EMU_SFPU_H

#include "tt-emu/compute.h"

#define SFPU_ALL

/* What an init programs. */
#define SFPU_KIND(key, shape, init) EMU_KEY_##key,
#define SFPU_INIT(key, shape, init)
#define SFPU_UNARY(call, key, shape, params, domain, ...)
#define SFPU_BINARY(call, key, shape, domain, ...)
#define SFPU_TERNARY(call, key, shape, params, domain, ...)
typedef enum EmuSfpuKey {
#include "tt-emu/sfpu_binary.def"
#include "tt-emu/sfpu_unary.def"
  EMU_KEY_exp,
  EMU_KEY_typecast,
  EMU_KEY_copy_dest,
  EMU_KEY_rand,
  EMU_KEY_sfpu_reduce,
  EMU_KEY_add_top_row,
  EMU_SFPU_KEYS
} EmuSfpuKey;
#undef SFPU_KIND
#undef SFPU_UNARY
#undef SFPU_BINARY
#undef SFPU_TERNARY

/* Operations, numbered per arity. */
#define SFPU_KIND(key, shape, init)
#define SFPU_UNARY(call, key, shape, params, domain, ...) EMU_OP_##call,
typedef enum EmuSfpuUnary {
#include "tt-emu/sfpu_unary.def"
  EMU_OP_exp_tile,
  EMU_OP_rand_tile,
  EMU_SFPU_UNARIES
} EmuSfpuUnary;
#undef SFPU_UNARY
#define SFPU_BINARY(call, key, shape, domain, ...) EMU_OP_##call,
#define SFPU_TERNARY(call, key, shape, params, domain, ...)
typedef enum EmuSfpuBinary {
#include "tt-emu/sfpu_binary.def"
  EMU_SFPU_BINARIES
} EmuSfpuBinary;
#undef SFPU_BINARY
#undef SFPU_TERNARY
#define SFPU_BINARY(call, key, shape, domain, ...)
#define SFPU_TERNARY(call, key, shape, params, domain, ...) EMU_OP_##call,
typedef enum EmuSfpuTernary {
#include "tt-emu/sfpu_binary.def"
  EMU_SFPU_TERNARIES
} EmuSfpuTernary;
#undef SFPU_KIND
#undef SFPU_INIT
#undef SFPU_BINARY
#undef SFPU_TERNARY
#undef SFPU_ALL

#endif
