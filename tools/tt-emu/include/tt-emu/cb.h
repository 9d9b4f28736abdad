/* cb.h - the calls on circular buffers. In a compute kernel the consumer side
 * acts in UNPACK and the producer side in PACK; the same call does nothing in
 * the other threads.
 */
#ifndef TT_EMU_CB_H
#define TT_EMU_CB_H

#include "hostdevcommon/kernel_structs.h"
#include "tt-emu/dataflow.h"
#include "tt-emu/device_types.h"
#include "tt-emu/frame.h"

#if defined(TRISC_UNPACK) || defined(TRISC_MATH) || defined(TRISC_PACK)
#define EMU_TRISC 1
#endif

#if !defined(EMU_TRISC) || defined(TRISC_UNPACK)
#define EMU_CONSUMES(call) call
#else
#define EMU_CONSUMES(call) (void)cb, (void)pages, (void)site
#endif
#if !defined(EMU_TRISC) || defined(TRISC_PACK)
#define EMU_PRODUCES(call) call
#else
#define EMU_PRODUCES(call) (void)cb, (void)pages, (void)site
#endif

namespace emu {
constexpr uint32_t u32(int32_t value) { return static_cast<uint32_t>(value); }
} // namespace emu

inline void cb_reserve_back(int32_t cb, int32_t pages, EMU_SITE) {
  EMU_PRODUCES(emu_cb_reserve_back(emu::u32(cb), emu::u32(pages), site));
}
inline void cb_push_back(int32_t cb, int32_t pages, EMU_SITE) {
  EMU_PRODUCES(emu_cb_push_back(emu::u32(cb), emu::u32(pages), site));
}
inline void cb_wait_front(int32_t cb, int32_t pages, EMU_SITE) {
  EMU_CONSUMES(emu_cb_wait_front(emu::u32(cb), emu::u32(pages), site));
}
inline void cb_pop_front(int32_t cb, int32_t pages, EMU_SITE) {
  EMU_CONSUMES(emu_cb_pop_front(emu::u32(cb), emu::u32(pages), site));
}

#ifndef EMU_TRISC
inline bool cb_pages_reservable_at_back(int32_t cb, int32_t pages, EMU_SITE) {
  return emu_cb_reservable(emu::u32(cb), emu::u32(pages), site);
}
inline bool cb_pages_available_at_front(int32_t cb, int32_t pages, EMU_SITE) {
  return emu_cb_available(emu::u32(cb), emu::u32(pages), site);
}
inline uint32_t get_write_ptr(uint32_t cb, EMU_SITE) {
  return emu_cb_write_ptr(cb, site);
}
inline uint32_t get_read_ptr(uint32_t cb, EMU_SITE) {
  return emu_cb_read_ptr(cb, site);
}
#else
// Compute threads count in units of 16 bytes.
inline uint32_t get_write_ptr(uint32_t cb, EMU_SITE) {
  return emu_cb_write_ptr(cb, site) / 16;
}
inline uint32_t get_read_ptr(uint32_t cb, EMU_SITE) {
  return emu_cb_read_ptr(cb, site) / 16;
}
#endif

/* What kernels look up about a ring: sizes and addresses in bytes, on compute
 * threads in units of 16 bytes. A copy: the pointers move by the calls above.
 */
struct LocalCBInterface {
  uint32_t fifo_size, fifo_limit, fifo_page_size, fifo_num_pages, fifo_rd_ptr,
      fifo_wr_ptr;
};
inline const LocalCBInterface &get_local_cb_interface(uint32_t cb, EMU_SITE) {
#ifdef EMU_TRISC
  constexpr uint32_t unit = 16;
#else
  constexpr uint32_t unit = 1;
#endif
  static LocalCBInterface
      looked_up[sizeof emu::cb_pages / sizeof *emu::cb_pages];
  const EmuRing ring = emu_cb_ring(cb, site);
  looked_up[cb] = {ring.pages * ring.page_size / unit,
                   (ring.base + ring.pages * ring.page_size) / unit,
                   ring.page_size / unit,
                   ring.pages,
                   ring.read / unit,
                   ring.write / unit};
  return looked_up[cb];
}

constexpr uint32_t get_tile_hw(int32_t cb) {
  return (emu::cb_tiles[cb] >> 16) * (emu::cb_tiles[cb] & 0xffff);
}
constexpr int32_t get_tile_size(int32_t cb) {
  return static_cast<int32_t>(
      emu::tile_bytes(emu::cb_formats[cb], get_tile_hw(cb)));
}
constexpr uint32_t get_tile_num_faces(int32_t cb) {
  return (get_tile_hw(cb) + 255) / 256;
}
constexpr DataFormat get_dataformat(int32_t cb) {
  return static_cast<DataFormat>(emu::cb_formats[cb]);
}

#endif
