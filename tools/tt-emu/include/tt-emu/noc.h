/* noc.h - transfers, barriers, addresses, multicast and semaphores of data
 * movement kernels, as free functions.
 */
#ifndef TT_EMU_NOC_H
#define TT_EMU_NOC_H

#include "tt-emu/dataflow.h"
#include "tt-emu/device_types.h"

#include <type_traits>

#ifndef NOC_INDEX // in a compute kernel
#define NOC_INDEX 0
#endif
#define NOC_0_X(noc, size, x) (x)
#define NOC_0_Y(noc, size, y) (y)

constexpr uint32_t NOC_UNICAST_WRITE_VC = 1;
constexpr uint32_t NOC_MULTICAST_WRITE_VC = 4;
constexpr uint8_t DM_DEDICATED_NOC = 0;
constexpr uint8_t DM_DYNAMIC_NOC = 1;
#ifdef NOC_MODE
constexpr uint8_t noc_mode = NOC_MODE;
#endif

constexpr uint8_t noc_index = NOC_INDEX;

namespace emu {
// Where the core is on each NoC: it is known when the kernel runs.
struct MyX {
  uint8_t operator[](uint32_t noc) const { return emu_my_x()[noc]; }
};
struct MyY {
  uint8_t operator[](uint32_t noc) const { return emu_my_y()[noc]; }
};

inline uint32_t l1(const volatile void *pointer) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(pointer));
}
} // namespace emu

inline constexpr emu::MyX my_x{};
inline constexpr emu::MyY my_y{};

/*===- addresses ----------------------------------------------------------===*/

constexpr uint64_t emu_noc_address(uint32_t x, uint32_t y, uint32_t address) {
  return uint64_t(x) << EMU_NOC_X_BIT | uint64_t(y) << EMU_NOC_Y_BIT | address;
}

inline uint64_t get_noc_addr(uint32_t x, uint32_t y, uint32_t address,
                             uint8_t = 0) {
  return emu_noc_address(x, y, address);
}
inline uint64_t get_noc_addr_helper(uint32_t xy, uint32_t address) {
  return uint64_t(xy) << EMU_NOC_X_BIT | address;
}
inline uint64_t get_noc_addr(uint32_t address, uint8_t noc = noc_index) {
  return emu_noc_self(address, noc);
}
inline uint64_t get_noc_multicast_addr(uint32_t x_start, uint32_t y_start,
                                       uint32_t x_end, uint32_t y_end,
                                       uint32_t address, uint8_t = 0) {
  return emu_noc_address(x_end, y_end, address) |
         emu_noc_address(x_start, y_start, 0) << EMU_NOC_START_BIT;
}
template <bool DRAM>
inline uint64_t get_noc_addr_from_bank_id(uint32_t bank, uint32_t offset,
                                          uint8_t = 0, EMU_SITE) {
  return emu_noc_bank(DRAM, bank, offset, site);
}
// Only for generators: integers in these places are coordinates.
template <class Generator,
          class = std::enable_if_t<std::is_class<Generator>::value>>
inline uint64_t get_noc_addr(uint32_t id, const Generator &generator,
                             uint32_t offset = 0, uint8_t noc = noc_index,
                             EMU_SITE) {
  return generator.get_noc_addr(id, offset, noc, site);
}

/*===- reads --------------------------------------------------------------===*/

template <uint32_t MaxPage = NOC_MAX_BURST_SIZE + 1, bool Trace = true>
inline void noc_async_read(uint64_t source, uint32_t target, uint32_t bytes,
                           uint8_t noc = noc_index,
                           uint32_t = NOC_UNICAST_WRITE_VC, EMU_SITE) {
  emu_noc_read(source, target, bytes, noc, site);
}
template <bool Trace = true, bool Posted = false>
inline void noc_async_read_one_packet(uint64_t source, uint32_t target,
                                      uint32_t bytes, uint8_t noc = noc_index,
                                      uint32_t = NOC_UNICAST_WRITE_VC,
                                      EMU_SITE) {
  emu_noc_one_packet(bytes, site);
  emu_noc_read(source, target, bytes, noc, site);
}
template <class Generator, bool Trace = true>
inline void noc_async_read_page(uint32_t id, const Generator &generator,
                                uint32_t target, uint32_t offset = 0,
                                uint8_t noc = noc_index, EMU_SITE) {
  emu_noc_read(generator.get_noc_addr(id, offset, noc, site), target,
               generator.page_bytes() - offset, noc, site);
}
template <class Generator>
inline void noc_async_read_tile(uint32_t id, const Generator &generator,
                                uint32_t target, uint32_t offset = 0,
                                uint8_t noc = noc_index, EMU_SITE) {
  emu_noc_read(generator.get_noc_addr(id, offset, noc, site), target,
               generator.page_bytes() - offset, noc, site);
}
template <class Accessor>
inline void noc_async_read_shard(uint32_t shard, const Accessor &accessor,
                                 uint32_t target, uint8_t noc = noc_index,
                                 EMU_SITE) {
  emu_noc_read(accessor.get_shard_noc_addr(shard, 0, noc, site), target,
               accessor.shard_bytes(), noc, site);
}

/* The forms that set an address once and use it often. */
inline void noc_async_read_set_state(uint64_t source, uint8_t = 0) {
  emu_noc_saved()[0] = source;
}
inline void noc_async_read_with_state(uint32_t source, uint32_t target,
                                      uint32_t bytes, uint8_t noc = noc_index,
                                      EMU_SITE) {
  const uint64_t node = emu_noc_saved()[0] >> EMU_NOC_X_BIT << EMU_NOC_X_BIT;
  emu_noc_read(node | source, target, bytes, noc, site);
}
inline void noc_async_read_inc_num_issued(uint32_t, uint8_t = 0) {}
template <bool UseVc = false>
inline void noc_async_read_one_packet_set_state(uint64_t source, uint32_t bytes,
                                                uint32_t = 0, uint8_t = 0,
                                                EMU_SITE) {
  emu_noc_one_packet(bytes, site);
  emu_noc_saved()[0] = source;
  emu_noc_saved()[1] = bytes;
}
template <bool IncrementIssued = true, bool UseVc = false>
inline void noc_async_read_one_packet_with_state(uint32_t source,
                                                 uint32_t target, uint32_t = 0,
                                                 uint8_t noc = noc_index,
                                                 EMU_SITE) {
  const uint64_t node = emu_noc_saved()[0] >> EMU_NOC_X_BIT << EMU_NOC_X_BIT;
  emu_noc_read(node | source, target, static_cast<uint32_t>(emu_noc_saved()[1]),
               noc, site);
}
inline void noc_async_read_set_trid(uint32_t trid, uint8_t noc = noc_index,
                                    EMU_SITE) {
  emu_noc_set_trid(trid, noc, site);
}
inline void noc_async_read_one_packet_with_state_with_trid(
    uint32_t base, uint32_t source, uint32_t target, uint32_t trid,
    uint8_t noc = noc_index, EMU_SITE) {
  const uint64_t node = emu_noc_saved()[0] >> EMU_NOC_X_BIT << EMU_NOC_X_BIT;
  emu_noc_set_trid(trid, noc, site);
  emu_noc_read(node | (base + source), target,
               static_cast<uint32_t>(emu_noc_saved()[1]), noc, site);
}

/*===- writes -------------------------------------------------------------===*/

namespace emu {
template <bool Posted>
inline void write(uint32_t source, uint64_t target, uint32_t bytes, uint8_t noc,
                  EmuSite site) {
  if constexpr (Posted)
    emu_noc_write_posted(source, target, bytes, noc, site);
  else
    emu_noc_write(source, target, bytes, noc, site);
}
} // namespace emu

template <uint32_t MaxPage = NOC_MAX_BURST_SIZE + 1, bool Trace = true,
          bool Posted = false>
inline void noc_async_write(uint32_t source, uint64_t target, uint32_t bytes,
                            uint8_t noc = noc_index,
                            uint32_t = NOC_UNICAST_WRITE_VC, EMU_SITE) {
  emu::write<Posted>(source, target, bytes, noc, site);
}
template <bool Trace = true, bool Posted = false>
inline void noc_async_write_one_packet(uint32_t source, uint64_t target,
                                       uint32_t bytes, uint8_t noc = noc_index,
                                       uint32_t = NOC_UNICAST_WRITE_VC,
                                       EMU_SITE) {
  emu_noc_one_packet(bytes, site);
  emu::write<Posted>(source, target, bytes, noc, site);
}
template <class Generator, bool Trace = true, bool Posted = false>
inline void noc_async_write_page(uint32_t id, const Generator &generator,
                                 uint32_t source, uint32_t size = 0,
                                 uint32_t offset = 0, uint8_t noc = noc_index,
                                 EMU_SITE) {
  const uint32_t bytes = size ? size : generator.page_bytes() - offset;
  emu::write<Posted>(source, generator.get_noc_addr(id, offset, noc, site),
                     bytes, noc, site);
}
template <class Generator>
inline void noc_async_write_tile(uint32_t id, const Generator &generator,
                                 uint32_t source, uint8_t noc = noc_index,
                                 EMU_SITE) {
  emu_noc_write(source, generator.get_noc_addr(id, 0, noc, site),
                generator.page_bytes(), noc, site);
}
template <class Accessor>
inline void noc_async_write_shard(uint32_t shard, const Accessor &accessor,
                                  uint32_t source, uint8_t noc = noc_index,
                                  EMU_SITE) {
  emu_noc_write(source, accessor.get_shard_noc_addr(shard, 0, noc, site),
                accessor.shard_bytes(), noc, site);
}
template <bool Posted = false>
inline void noc_async_write_one_packet_set_state(uint64_t target,
                                                 uint32_t bytes, uint8_t = 0,
                                                 uint8_t = 0, EMU_SITE) {
  emu_noc_one_packet(bytes, site);
  emu_noc_saved()[2] = target;
  emu_noc_saved()[3] = bytes;
}
template <bool Posted = false>
inline void
noc_async_write_one_packet_with_state(uint32_t source, uint32_t target,
                                      uint8_t noc = noc_index, EMU_SITE) {
  const uint64_t node = emu_noc_saved()[2] >> EMU_NOC_X_BIT << EMU_NOC_X_BIT;
  emu::write<Posted>(source, node | target,
                     static_cast<uint32_t>(emu_noc_saved()[3]), noc, site);
}
inline void
noc_async_write_one_packet_with_trid(uint32_t source, uint64_t target,
                                     uint32_t bytes, uint32_t trid, uint8_t = 0,
                                     uint8_t noc = noc_index, EMU_SITE) {
  emu_noc_set_trid(trid, noc, site);
  emu_noc_write(source, target, bytes, noc, site);
}
inline void noc_inline_dw_write(uint64_t target, uint32_t value,
                                uint8_t byte_enable = 0xF,
                                uint8_t noc = noc_index, uint8_t = 0,
                                EMU_SITE) {
  emu_noc_inline_write(target, value, byte_enable, noc, site);
}

template <uint32_t MaxPage = NOC_MAX_BURST_SIZE + 1>
inline void noc_async_write_multicast(uint32_t source, uint64_t target,
                                      uint32_t bytes, uint32_t destinations,
                                      bool = false, uint8_t noc = noc_index,
                                      uint32_t = NOC_MULTICAST_WRITE_VC,
                                      EMU_SITE) {
  emu_noc_multicast(source, target, bytes, destinations, false, false, noc,
                    site);
}
inline void noc_async_write_multicast_one_packet(
    uint32_t source, uint64_t target, uint32_t bytes, uint32_t destinations,
    bool = false, uint8_t noc = noc_index, EMU_SITE) {
  emu_noc_one_packet(bytes, site);
  emu_noc_multicast(source, target, bytes, destinations, false, false, noc,
                    site);
}
inline void noc_async_write_multicast_loopback_src(
    uint32_t source, uint64_t target, uint32_t bytes, uint32_t destinations,
    bool = false, uint8_t noc = noc_index, EMU_SITE) {
  emu_noc_multicast(source, target, bytes, destinations, true, false, noc,
                    site);
}

/*===- barriers -----------------------------------------------------------===*/

inline void noc_async_read_barrier(uint8_t noc = noc_index, EMU_SITE) {
  emu_noc_read_barrier(noc, -1, site);
}
inline void noc_async_read_barrier_with_trid(uint32_t trid,
                                             uint8_t noc = noc_index,
                                             EMU_SITE) {
  emu_noc_read_barrier(noc, static_cast<int32_t>(trid), site);
}
inline void noc_async_write_barrier(uint8_t noc = noc_index, EMU_SITE) {
  emu_noc_write_barrier(noc, -1, site);
}
inline void noc_async_write_barrier_with_trid(uint32_t trid,
                                              uint8_t noc = noc_index,
                                              EMU_SITE) {
  emu_noc_write_barrier(noc, static_cast<int32_t>(trid), site);
}
inline void noc_async_writes_flushed(uint8_t noc = noc_index, EMU_SITE) {
  emu_noc_flush(noc, -1, site);
}
inline void noc_async_write_flushed_with_trid(uint32_t trid,
                                              uint8_t noc = noc_index,
                                              EMU_SITE) {
  emu_noc_flush(noc, static_cast<int32_t>(trid), site);
}
inline void noc_async_posted_writes_flushed(uint8_t noc = noc_index, EMU_SITE) {
  emu_noc_flush_posted(noc, site);
}
inline void noc_async_atomic_barrier(uint8_t noc = noc_index, EMU_SITE) {
  emu_noc_atomic_barrier(noc, site);
}
inline void noc_async_full_barrier(uint8_t noc = noc_index, EMU_SITE) {
  emu_noc_read_barrier(noc, -1, site);
  emu_noc_write_barrier(noc, -1, site);
  emu_noc_atomic_barrier(noc, site);
  emu_noc_flush_posted(noc, site);
}
inline void invalidate_l1_cache(EMU_SITE) { emu_poll(site); }

/*===- semaphores ---------------------------------------------------------===*/

inline uint32_t get_semaphore(uint32_t id, EMU_SITE) {
  return emu_semaphore(id, site);
}
inline void noc_semaphore_set(volatile tt_l1_ptr uint32_t *word, uint32_t value,
                              EMU_SITE) {
  emu_semaphore_set(emu::l1(word), value, site);
}
inline void noc_semaphore_wait(volatile tt_l1_ptr uint32_t *word,
                               uint32_t value, EMU_SITE) {
  emu_semaphore_wait(emu::l1(word), value, false, site);
}
inline void noc_semaphore_wait_min(volatile tt_l1_ptr uint32_t *word,
                                   uint32_t value, EMU_SITE) {
  emu_semaphore_wait(emu::l1(word), value, true, site);
}
template <bool Posted = false>
inline void noc_semaphore_inc(uint64_t target, uint32_t amount,
                              uint8_t noc = noc_index,
                              uint8_t = NOC_UNICAST_WRITE_VC, EMU_SITE) {
  emu_noc_increment(target, amount, noc, site);
}
inline void noc_semaphore_set_remote(uint32_t source, uint64_t target,
                                     uint8_t noc = noc_index, EMU_SITE) {
  emu_noc_write_flag(source, target, noc, site);
}
inline void noc_semaphore_set_multicast(uint32_t source, uint64_t target,
                                        uint32_t destinations, bool = false,
                                        uint8_t noc = noc_index, EMU_SITE) {
  emu_noc_multicast(source, target, 4, destinations, false, true, noc, site);
}
inline void
noc_semaphore_set_multicast_loopback_src(uint32_t source, uint64_t target,
                                         uint32_t destinations, bool = false,
                                         uint8_t noc = noc_index, EMU_SITE) {
  emu_noc_multicast(source, target, 4, destinations, true, true, noc, site);
}

#endif
