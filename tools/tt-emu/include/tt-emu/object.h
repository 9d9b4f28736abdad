/* object.h - the object form of the data movement calls: Noc, CircularBuffer,
 * endpoints, local memory, Semaphore.
 *
 * What a transfer may start or end at is described by noc_traits_t: the
 * arguments that go with it, and how they become an address.
 */
#ifndef TT_EMU_OBJECT_H
#define TT_EMU_OBJECT_H

#include "tt-emu/accessor.h"
#include "tt-emu/addrgen.h"
#include "tt-emu/cb.h"
#include "tt-emu/noc.h"

class CircularBuffer {
public:
  constexpr explicit CircularBuffer(uint32_t id) : id_(id) {}

  void reserve_back(int32_t pages, EMU_SITE) const {
    ::cb_reserve_back(number(), pages, site);
  }
  void push_back(int32_t pages, EMU_SITE) const {
    ::cb_push_back(number(), pages, site);
  }
  void wait_front(int32_t pages, EMU_SITE) const {
    ::cb_wait_front(number(), pages, site);
  }
  void pop_front(int32_t pages, EMU_SITE) const {
    ::cb_pop_front(number(), pages, site);
  }
  uint32_t get_write_ptr(EMU_SITE) const { return ::get_write_ptr(id_, site); }
  uint32_t get_read_ptr(EMU_SITE) const { return ::get_read_ptr(id_, site); }
#ifndef EMU_TRISC
  bool pages_reservable_at_back(int32_t pages, EMU_SITE) const {
    return ::cb_pages_reservable_at_back(number(), pages, site);
  }
  bool pages_available_at_front(int32_t pages, EMU_SITE) const {
    return ::cb_pages_available_at_front(number(), pages, site);
  }
#endif
  constexpr uint32_t get_cb_id() const { return id_; }
  constexpr uint32_t get_id() const { return id_; }
  constexpr int32_t get_tile_size() const { return ::get_tile_size(number()); }
  constexpr DataFormat get_dataformat() const {
    return ::get_dataformat(number());
  }

private:
  constexpr int32_t number() const { return static_cast<int32_t>(id_); }
  uint32_t id_;
};

#ifndef EMU_TRISC

// Local memory of the core at an address, as elements.
template <class T, class Address = uint32_t> class CoreLocalMem {
public:
  constexpr explicit CoreLocalMem(Address address) : address_(address) {}
  Address get_address() const { return address_; }
  volatile T *get_unsafe_ptr() const {
    return reinterpret_cast<volatile T *>(static_cast<uintptr_t>(address_));
  }
  volatile T &operator[](uint32_t at) const { return get_unsafe_ptr()[at]; }
  volatile T &operator*() const { return *get_unsafe_ptr(); }
  CoreLocalMem operator+(uint32_t elements) const {
    return CoreLocalMem(address_ + elements * sizeof(T));
  }

private:
  Address address_;
};

struct UnicastEndpoint {};
struct MulticastEndpoint {};

enum class AllocatorBankType { L1, DRAM };
template <AllocatorBankType Type> struct AllocatorBank {};

template <class T> struct noc_traits_t;

// Something local: an offset from where it starts.
namespace emu {
struct LocalArgs {
  uint32_t offset_bytes = 0;
};
struct PageArgs {
  uint32_t page_id = 0;
  uint32_t offset_bytes = 0;
};
struct PointArgs {
  uint32_t noc_x = 0, noc_y = 0;
  uint32_t addr = 0;
};
struct RectangleArgs {
  uint32_t noc_x_start = 0, noc_y_start = 0, noc_x_end = 0, noc_y_end = 0;
  uint32_t addr = 0;
};
struct BankArgs {
  uint32_t bank_id = 0;
  uint32_t addr = 0;
};
template <class Args> struct Traits {
  using src_args_type = Args;
  using dst_args_type = Args;
  using dst_args_mcast_type = Args;
};
} // namespace emu

template <> struct noc_traits_t<CircularBuffer> : emu::Traits<emu::LocalArgs> {
  static uint32_t source(const CircularBuffer &cb, const src_args_type &args,
                         EmuSite site) {
    return cb.get_read_ptr(site) + args.offset_bytes;
  }
  static uint32_t target(const CircularBuffer &cb, const dst_args_type &args,
                         EmuSite site) {
    return cb.get_write_ptr(site) + args.offset_bytes;
  }
};

template <class T, class Address>
struct noc_traits_t<CoreLocalMem<T, Address>> : emu::Traits<emu::LocalArgs> {
  static uint32_t source(const CoreLocalMem<T, Address> &memory,
                         const emu::LocalArgs &args, EmuSite) {
    return static_cast<uint32_t>(memory.get_address()) + args.offset_bytes;
  }
  static uint32_t target(const CoreLocalMem<T, Address> &memory,
                         const emu::LocalArgs &args, EmuSite) {
    return static_cast<uint32_t>(memory.get_address()) + args.offset_bytes;
  }
};

template <class Args>
struct noc_traits_t<TensorAccessor<Args>> : emu::Traits<emu::PageArgs> {
  static uint64_t remote(const TensorAccessor<Args> &accessor,
                         const emu::PageArgs &args, EmuSite site) {
    return accessor.get_noc_addr(args.page_id, args.offset_bytes, 0, site);
  }
};

template <bool DRAM>
struct noc_traits_t<InterleavedAddrGen<DRAM>> : emu::Traits<emu::PageArgs> {
  static uint64_t remote(const InterleavedAddrGen<DRAM> &generator,
                         const emu::PageArgs &args, EmuSite site) {
    return generator.get_noc_addr(args.page_id, args.offset_bytes, 0, site);
  }
};

template <> struct noc_traits_t<UnicastEndpoint> : emu::Traits<emu::PointArgs> {
  static uint64_t remote(const UnicastEndpoint &, const emu::PointArgs &args,
                         EmuSite) {
    return ::get_noc_addr(args.noc_x, args.noc_y, args.addr);
  }
};

template <>
struct noc_traits_t<MulticastEndpoint> : emu::Traits<emu::RectangleArgs> {
  static uint64_t remote(const MulticastEndpoint &,
                         const emu::RectangleArgs &args, EmuSite) {
    return ::get_noc_multicast_addr(args.noc_x_start, args.noc_y_start,
                                    args.noc_x_end, args.noc_y_end, args.addr);
  }
};

template <AllocatorBankType Type>
struct noc_traits_t<AllocatorBank<Type>> : emu::Traits<emu::BankArgs> {
  static uint64_t remote(const AllocatorBank<Type> &, const emu::BankArgs &args,
                         EmuSite site) {
    return emu_noc_bank(Type == AllocatorBankType::DRAM, args.bank_id,
                        args.addr, site);
  }
};

class Noc {
public:
  enum class AddressType { NOC, LOCAL_L1 };
  enum class TxnIdMode { ENABLED, DISABLED };
  enum class ResponseMode { NON_POSTED, POSTED };
  enum class BarrierMode { TXN_ID, FULL };
  enum class McastMode { INCLUDE_SRC, EXCLUDE_SRC };
  template <class T> using src_args = typename noc_traits_t<T>::src_args_type;
  template <class T> using dst_args = typename noc_traits_t<T>::dst_args_type;

  explicit Noc(uint8_t id = noc_index) : id_(id) {}
  uint8_t get_noc_id() const { return id_; }
  bool is_local_addr(uint64_t address) const {
    return address >> EMU_NOC_X_BIT == emu_noc_self(0, id_) >> EMU_NOC_X_BIT;
  }

  template <class Source, class Target>
  void async_read(const Source &from, const Target &to, uint32_t bytes,
                  const src_args<Source> &from_args = {},
                  const dst_args<Target> &to_args = {},
                  uint32_t = NOC_UNICAST_WRITE_VC, EMU_SITE) const {
    emu_noc_read(noc_traits_t<Source>::remote(from, from_args, site),
                 noc_traits_t<Target>::target(to, to_args, site), bytes, id_,
                 site);
  }
  template <class Source, class Target>
  void async_write(const Source &from, const Target &to, uint32_t bytes,
                   const src_args<Source> &from_args = {},
                   const dst_args<Target> &to_args = {},
                   uint32_t = NOC_UNICAST_WRITE_VC, EMU_SITE) const {
    emu_noc_write(noc_traits_t<Source>::source(from, from_args, site),
                  noc_traits_t<Target>::remote(to, to_args, site), bytes, id_,
                  site);
  }
  template <McastMode Mode = McastMode::EXCLUDE_SRC, class Source>
  void async_write_multicast(const Source &from, const MulticastEndpoint &to,
                             uint32_t bytes, uint32_t destinations,
                             const src_args<Source> &from_args,
                             const emu::RectangleArgs &to_args, bool = false,
                             EMU_SITE) const {
    emu_noc_multicast(
        noc_traits_t<Source>::source(from, from_args, site),
        noc_traits_t<MulticastEndpoint>::remote(to, to_args, site), bytes,
        destinations, Mode == McastMode::INCLUDE_SRC, false, id_, site);
  }
  template <class Target>
  void inline_dw_write(const Target &to, uint32_t value,
                       const dst_args<Target> &args, uint8_t enable = 0xF,
                       EMU_SITE) const {
    emu_noc_inline_write(noc_traits_t<Target>::remote(to, args, site), value,
                         enable, id_, site);
  }

  void async_read_barrier(EMU_SITE) const {
    emu_noc_read_barrier(id_, -1, site);
  }
  void async_write_barrier(EMU_SITE) const {
    emu_noc_write_barrier(id_, -1, site);
  }
  void async_writes_flushed(EMU_SITE) const { emu_noc_flush(id_, -1, site); }
  void async_posted_writes_flushed(EMU_SITE) const {
    emu_noc_flush_posted(id_, site);
  }
  void write_barrier(EMU_SITE) const { emu_noc_write_barrier(id_, -1, site); }
  void async_atomic_barrier(EMU_SITE) const {
    emu_noc_atomic_barrier(id_, site);
  }
  void async_full_barrier(EMU_SITE) const {
    emu_noc_read_barrier(id_, -1, site);
    emu_noc_write_barrier(id_, -1, site);
    emu_noc_atomic_barrier(id_, site);
    emu_noc_flush_posted(id_, site);
  }

private:
  uint8_t id_;
};

template <class Type = void> class Semaphore {
public:
  explicit Semaphore(uint32_t id, EMU_SITE)
      : address_(emu_semaphore(id, site)) {}
  void wait(uint32_t value, EMU_SITE) const {
    emu_semaphore_wait(address_, value, false, site);
  }
  void wait_min(uint32_t value, EMU_SITE) const {
    emu_semaphore_wait(address_, value, true, site);
  }
  void set(uint32_t value, EMU_SITE) const {
    emu_semaphore_set(address_, value, site);
  }
  void up(const Noc &noc, uint32_t x, uint32_t y, uint32_t value,
          EMU_SITE) const {
    emu_noc_increment(::get_noc_addr(x, y, address_), value, noc.get_noc_id(),
                      site);
  }
  template <Noc::McastMode Mode = Noc::McastMode::EXCLUDE_SRC>
  void set_multicast(const Noc &noc, uint32_t x0, uint32_t y0, uint32_t x1,
                     uint32_t y1, uint32_t destinations, bool = false,
                     EMU_SITE) const {
    emu_noc_multicast(address_,
                      ::get_noc_multicast_addr(x0, y0, x1, y1, address_), 4,
                      destinations, Mode == Noc::McastMode::INCLUDE_SRC, true,
                      noc.get_noc_id(), site);
  }
  uint32_t get_address() const { return address_; }

private:
  uint32_t address_;
};

Semaphore(uint32_t)->Semaphore<void>;

#endif // EMU_TRISC

namespace experimental {
using ::CircularBuffer;
#ifndef EMU_TRISC
using ::AllocatorBank;
using ::AllocatorBankType;
using ::CoreLocalMem;
using ::MulticastEndpoint;
using ::Noc;
using ::noc_traits_t;
using ::Semaphore;
using ::UnicastEndpoint;
#endif
} // namespace experimental

#endif
