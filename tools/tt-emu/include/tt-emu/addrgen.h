/* addrgen.h - the older address generators of interleaved buffers. */
#ifndef TT_EMU_ADDRGEN_H
#define TT_EMU_ADDRGEN_H

#include "tt-emu/dataflow.h"
#include "tt-emu/device_types.h"
#include "tt-emu/frame.h"

namespace emu {
inline uint64_t interleaved(bool dram, uint32_t base, uint32_t page,
                            uint32_t id, uint32_t offset, EmuSite site) {
  const uint32_t align = emu_page_align(dram);
  const uint32_t aligned = (page + align - 1) / align * align;
  return emu_noc_page(dram, base, aligned, id, offset, site);
}
} // namespace emu

template <bool DRAM> struct InterleavedAddrGen {
  uint32_t bank_base_address;
  const uint32_t page_size;
  const uint32_t aligned_page_size = page_size;

  uint32_t page_bytes() const { return page_size; }
  uint64_t get_noc_addr(uint32_t id, uint32_t offset = 0, uint8_t = 0,
                        EMU_SITE) const {
    return emu::interleaved(DRAM, bank_base_address, page_size, id, offset,
                            site);
  }
};

template <bool DRAM> struct InterleavedPow2AddrGen {
  const uint32_t bank_base_address;
  const uint32_t log_base_2_of_page_size;

  uint32_t page_bytes() const { return 1u << log_base_2_of_page_size; }
  uint64_t get_noc_addr(uint32_t id, uint32_t offset = 0, uint8_t = 0,
                        EMU_SITE) const {
    return emu::interleaved(DRAM, bank_base_address, page_bytes(), id, offset,
                            site);
  }
};

template <bool DRAM, uint32_t TileHw = 1024> struct InterleavedAddrGenFast {
  uint32_t bank_base_address;
  uint32_t page_size;
  DataFormat data_format;

  uint32_t page_bytes() const {
    return emu::tile_bytes(static_cast<uint32_t>(data_format), TileHw);
  }
  uint64_t get_noc_addr(uint32_t id, uint32_t offset = 0, uint8_t = 0,
                        EMU_SITE) const {
    return emu::interleaved(DRAM, bank_base_address, page_bytes(), id, offset,
                            site);
  }
};

template <bool DRAM>
using InterleavedPow2AddrGenFast = InterleavedPow2AddrGen<DRAM>;

#endif
