/* cb_api.h - circular buffer calls of compute kernels. */
#pragma once
#include "tt-emu/args.h"
#include "tt-emu/cb.h"
#include "tt-emu/ckernel.h"

#ifdef EMU_TRISC
/* UNPACK tells the other two: all three have to make the call. */
namespace ckernel {

ALWI uint32_t get_tile_address(uint32_t cb_id, uint32_t tile_index, EMU_SITE) {
  return emu_tile_address(cb_id, tile_index, site);
}
template <class T = uint32_t>
ALWI T read_tile_value(uint32_t cb_id, uint32_t tile_index,
                       uint32_t element_offset, EMU_SITE) {
  static_assert(sizeof(T) <= 4, "a mailbox takes words");
  const uint32_t word = emu_tile_word(
      cb_id, tile_index, element_offset * uint32_t(sizeof(T)), sizeof(T), site);
  T value;
  __builtin_memcpy(&value, &word, sizeof(T));
  return value;
}

/* Older. The pointer is 16 bytes before the tile. */
template <class Pointer>
ALWI void cb_get_tile(uint32_t cb_id, uint32_t index, Pointer *p_tile,
                      EMU_SITE) {
  *p_tile = (Pointer)(uintptr_t)(emu_tile_get(cb_id, index, site) - 16);
}
ALWI void cb_release_tile(uint32_t, EMU_SITE) { emu_tile_release(site); }

} // namespace ckernel
#endif
