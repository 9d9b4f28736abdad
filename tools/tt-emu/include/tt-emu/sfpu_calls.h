/* sfpu_calls.h - declares the calls of selected table sections to kernels.
 *
 * A header defines the SFPU_ names of its sections, includes this file (no
 * guard: it is a macro with many lines) and has its calls in ckernel.
 */
#include "tt-emu/ckernel.h"

#define SFPU_TEMPLATE_PLAIN
#define SFPU_TEMPLATE_OPTIONS template <auto... options>
#define SFPU_TEMPLATE_CHECKS template <auto... options>
#define SFPU_TEMPLATE_MODE template <auto... options>
#define SFPU_TEMPLATE_ROUNDED template <auto... options>
#define SFPU_CHECKED_PLAIN 0
#define SFPU_CHECKED_OPTIONS 0
#define SFPU_CHECKED_MODE 0
#define SFPU_CHECKED_CHECKS emu_option<bool, options...>(false)
#define SFPU_FACES_PLAIN 15
#define SFPU_FACES_OPTIONS emu_faces<options...>()
#define SFPU_FACES_CHECKS emu_faces<options...>()
#define SFPU_FACES_MODE mode.faces()
#define SFPU_MORE_PLAIN
#define SFPU_MORE_OPTIONS
#define SFPU_MORE_CHECKS
#define SFPU_MORE_MODE EmuVectorMode mode = VectorMode::RC,
#define SFPU_ARGS_0
#define SFPU_ARGS_1 uint32_t param0,
#define SFPU_ARGS_2 uint32_t param0, uint32_t param1,
#define SFPU_ARGS_3 uint32_t param0, uint32_t param1, uint32_t param2,
#define SFPU_PASS_0 0, 0, 0
#define SFPU_PASS_1 param0, 0, 0
#define SFPU_PASS_2 param0, param1, 0
#define SFPU_PASS_3 param0, param1, param2
#define SFPU_ONE_0 0
#define SFPU_ONE_1 param0
#define SFPU_ROUND_PLAIN EMU_ROUND_NEAREST
#define SFPU_ROUND_OPTIONS EMU_ROUND_NEAREST
#define SFPU_ROUND_ROUNDED                                                     \
  emu_option<DstRoundingMode, options...>(DstRoundingMode::Default) ==         \
          DstRoundingMode::NearestEven                                         \
      ? EMU_ROUND_NEAREST                                                      \
      : EMU_ROUND_TRUNCATE

#define SFPU_KIND(key, shape, init) SFPU_INIT(key, shape, init)
#define SFPU_INIT(key, shape, init)                                            \
  SFPU_TEMPLATE_##shape inline void init(EMU_SITE) {                           \
    emu_sfpu_init(EMU_KEY_##key, SFPU_CHECKED_##shape, 0, site);               \
  }                                                                            \
  SFPU_TEMPLATE_##shape inline void init##_pack(EMU_SITE) {                    \
    emu_sfpu_init(EMU_KEY_##key, SFPU_CHECKED_##shape, EMU_SFPU_ON_PACK,       \
                  site);                                                       \
  }
/* Calls that end in _pack run in PACK, between wait and release. */
#define SFPU_UNARY(call, key, shape, params, domain, ...)                      \
  SFPU_CALL(call, call, 0, shape, params)                                      \
  SFPU_CALL(call##_pack, call, EMU_SFPU_ON_PACK, shape, params)
#define SFPU_CALL(name, call, flags, shape, params)                            \
  SFPU_TEMPLATE_##shape inline void name(                                      \
      uint32_t idst, SFPU_ARGS_##params SFPU_MORE_##shape EMU_SITE) {          \
    emu_sfpu_unary(EMU_OP_##call, (SFPU_CHECKED_##shape) | (flags), idst,      \
                   SFPU_FACES_##shape, SFPU_PASS_##params, site);              \
  }
#define SFPU_BINARY(call, key, shape, domain, ...)                             \
  SFPU_TEMPLATE_##shape inline void call(uint32_t idst0, uint32_t idst1,       \
                                         uint32_t odst, EMU_SITE) {            \
    emu_sfpu_binary(EMU_OP_##call, idst0, idst1, odst, SFPU_ROUND_##shape,     \
                    site);                                                     \
  }
#define SFPU_TERNARY(call, key, shape, params, domain, ...)                    \
  SFPU_TEMPLATE_##shape inline void call(uint32_t idst0, uint32_t idst1,       \
                                         uint32_t idst2, uint32_t odst,        \
                                         SFPU_ARGS_##params EMU_SITE) {        \
    emu_sfpu_ternary(EMU_OP_##call, idst0, idst1, idst2, odst,                 \
                     SFPU_ONE_##params, site);                                 \
  }

namespace ckernel {
#include "tt-emu/sfpu_binary.def"
#include "tt-emu/sfpu_unary.def"
} // namespace ckernel

#undef SFPU_TEMPLATE_PLAIN
#undef SFPU_TEMPLATE_OPTIONS
#undef SFPU_TEMPLATE_CHECKS
#undef SFPU_TEMPLATE_MODE
#undef SFPU_TEMPLATE_ROUNDED
#undef SFPU_CHECKED_PLAIN
#undef SFPU_CHECKED_OPTIONS
#undef SFPU_CHECKED_MODE
#undef SFPU_CHECKED_CHECKS
#undef SFPU_FACES_PLAIN
#undef SFPU_FACES_OPTIONS
#undef SFPU_FACES_CHECKS
#undef SFPU_FACES_MODE
#undef SFPU_MORE_PLAIN
#undef SFPU_MORE_OPTIONS
#undef SFPU_MORE_CHECKS
#undef SFPU_MORE_MODE
#undef SFPU_ARGS_0
#undef SFPU_ARGS_1
#undef SFPU_ARGS_2
#undef SFPU_ARGS_3
#undef SFPU_PASS_0
#undef SFPU_PASS_1
#undef SFPU_PASS_2
#undef SFPU_PASS_3
#undef SFPU_ONE_0
#undef SFPU_ONE_1
#undef SFPU_ROUND_PLAIN
#undef SFPU_ROUND_OPTIONS
#undef SFPU_ROUND_ROUNDED
#undef SFPU_KIND
#undef SFPU_INIT
#undef SFPU_UNARY
#undef SFPU_CALL
#undef SFPU_BINARY
#undef SFPU_TERNARY
