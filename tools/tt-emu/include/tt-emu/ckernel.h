/* ckernel.h - names that compute kernels use without saying where from.
 *
 * Everything of the compute API is in namespace ckernel and visible
 * unqualified. Every call goes to the library on all three processors, which
 * does the part of the one that runs; MATH(), PACK() and UNPACK() are for
 * kernels that single one out themselves.
 */
#ifndef TT_EMU_CKERNEL_H
#define TT_EMU_CKERNEL_H

#include <cstdint>

#include "tt-emu/compute.h"
#include "tt-emu/device_types.h"
#include "tt-emu/raw.h"
#include "tt-emu/sfpu.h"

#ifndef ALWI
#define ALWI inline __attribute__((always_inline))
#endif

#ifdef TRISC_MATH
#define MATH(x) x
#else
#define MATH(x)
#endif
#ifdef TRISC_PACK
#define PACK(x) x
#else
#define PACK(x)
#endif
#ifdef TRISC_UNPACK
#define UNPACK(x) x
#else
#define UNPACK(x)
#endif

#ifdef EMU_DST_FULL_SYNC
#define DST_SYNC_MODE                                                          \
  (EMU_DST_FULL_SYNC ? ckernel::DstSync::SyncFull : ckernel::DstSync::SyncHalf)
#endif

namespace ckernel {

enum class SrcOrder : std::uint8_t { Regular, Reverse };
enum BroadcastType { NONE = 0x0, COL = 0x1, ROW = 0x2, SCALAR = 0x3 };
enum EltwiseBinaryType { ELWMUL, ELWDIV, ELWADD, ELWSUB, ELWLESS };
enum class EltwiseBinaryReuseDestType { NONE, DEST_TO_SRCA, DEST_TO_SRCB };
enum PoolType { SUM, AVG, MAX, MIN };
enum ReduceDim { REDUCE_ROW, REDUCE_COL, REDUCE_SCALAR };
enum class DstRoundingMode : std::uint8_t { Default, NearestEven };
enum class InputClamping : std::uint8_t { ClampToNegative = 1, None = 0 };

enum VectorMode {
  None = 0,
  R = 1,
  C = 2,
  RC = 4,
  RC_custom = 6,
  Invalid = 0xFF
};

/* The library's numbers of the enumerators above. */
constexpr uint32_t emu_of(EltwiseBinaryType type) {
  return type == ELWADD ? EMU_ADD : type == ELWSUB ? EMU_SUB : EMU_MUL;
}

/* A vector mode argument: newer spelling an enumerator, older an int. */
struct EmuVectorMode {
  int mode;
  constexpr EmuVectorMode(VectorMode value) : mode(int(value)) {}
  constexpr EmuVectorMode(int value) : mode(value) {}
  constexpr uint32_t faces() const {
    return mode == int(VectorMode::R)   ? 3u
           : mode == int(VectorMode::C) ? 5u
                                        : 15u;
  }
};

enum DstSync : std::uint8_t { SyncHalf, SyncFull };

/* First template option of type T. */
template <typename T, typename Other>
constexpr void emu_pick(T &, bool &, Other) {}
template <typename T> constexpr void emu_pick(T &result, bool &done, T value) {
  if (!done)
    result = value;
  done = true;
}
template <typename T, auto... options> constexpr T emu_option(T fallback) {
  T result = fallback;
  bool done = false;
  (emu_pick<T>(result, done, options), ...);
  (void)done;
  return result;
}
template <auto... options> constexpr uint32_t emu_faces() {
  constexpr int mode = emu_option<int, options...>(VectorMode::RC);
  return EmuVectorMode(emu_option<VectorMode, options...>(VectorMode(mode)))
      .faces();
}

} // namespace ckernel

using namespace ckernel;

#endif
