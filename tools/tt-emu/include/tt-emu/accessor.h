/* accessor.h - TensorAccessor: page numbers to NoC addresses.
 *
 * The host puts these words into the compile-time arguments: flags, aligned
 * page size and, for a sharded buffer, rank, cores, tensor shape in pages,
 * shard shape in pages and the NoC coordinates of the cores, two to a word.
 * Shards are dealt to the cores round robin in row-major order of the shard
 * grid.
 */
#ifndef TT_EMU_ACCESSOR_H
#define TT_EMU_ACCESSOR_H

#include "tt-emu/accessor_pages.h"
#include "tt-emu/args.h"

namespace tensor_accessor {
enum : uint32_t { EMU_SHARDED = 1, EMU_DRAM = 2, EMU_MAX_RANK = 8 };
} // namespace tensor_accessor

template <uint32_t First, uint32_t FirstCommon = 0> struct TensorAccessorArgs {
  static constexpr uint32_t CTA_OFFSET = First;
  static constexpr uint32_t CRTA_OFFSET = FirstCommon;
  static constexpr uint32_t flags = get_ct_arg<First>();
  static constexpr bool is_sharded = flags & tensor_accessor::EMU_SHARDED;
  static constexpr bool is_dram = flags & tensor_accessor::EMU_DRAM;
  static constexpr uint32_t page_size = get_ct_arg<First + 1>();

  static constexpr uint32_t word(uint32_t index) {
    return kernel_compile_time_args[First + index];
  }
  static constexpr uint32_t rank() { return is_sharded ? word(2) : 0; }
  static constexpr uint32_t num_banks() { return is_sharded ? word(3) : 0; }
  static constexpr uint32_t num_compile_time_args() {
    return is_sharded ? 4 + 2 * rank() + (num_banks() + 1) / 2 : 2;
  }
  static constexpr uint32_t next_compile_time_args_offset() {
    return First + num_compile_time_args();
  }
  static constexpr uint32_t next_common_runtime_args_offset() {
    return FirstCommon;
  }
  static constexpr uint32_t num_common_runtime_args() { return 0; }
};

template <class Args> struct TensorAccessor {
  uint32_t bank_base_address;
  uint32_t page_size;

  constexpr explicit TensorAccessor(const Args &, size_t base = 0,
                                    uint32_t page = Args::page_size)
      : bank_base_address(static_cast<uint32_t>(base)), page_size(page) {}

  // Where a page is: the shard, and the page within it.
  struct Place {
    uint32_t shard, page;
  };
  static constexpr uint32_t tensor_extent(uint32_t dim) {
    return Args::word(4 + dim);
  }
  static constexpr uint32_t shard_extent(uint32_t dim) {
    return Args::word(4 + Args::rank() + dim);
  }
  static constexpr uint32_t shard_volume() {
    uint32_t volume = 1;
    for (uint32_t dim = 0; dim < Args::rank(); ++dim)
      volume *= shard_extent(dim);
    return volume;
  }
  static constexpr uint32_t page_count() {
    uint32_t volume = 1;
    for (uint32_t dim = 0; dim < Args::rank(); ++dim)
      volume *= tensor_extent(dim);
    return volume;
  }
  static constexpr Place place_of(uint32_t page) {
    uint32_t shard = 0, within = 0, shards = 1, stride = 1;
    for (uint32_t dim = Args::rank(); dim-- > 0;) {
      const uint32_t at = page % tensor_extent(dim);
      page /= tensor_extent(dim);
      shard += at / shard_extent(dim) * shards;
      within += at % shard_extent(dim) * stride;
      shards *=
          (tensor_extent(dim) + shard_extent(dim) - 1) / shard_extent(dim);
      stride *= shard_extent(dim);
    }
    return {shard, within};
  }
  uint32_t aligned() const {
    const uint32_t align = emu_page_align(Args::is_dram);
    return (page_size + align - 1) / align * align;
  }
  static uint64_t core_of(uint32_t shard) {
    const uint32_t bank = shard % Args::num_banks();
    const uint32_t packed =
        Args::word(4 + 2 * Args::rank() + bank / 2) >> (bank % 2 ? 16 : 0);
    return uint64_t(packed >> 8 & 255) << EMU_NOC_X_BIT | uint64_t(packed & 255)
                                                              << EMU_NOC_Y_BIT;
  }

  uint32_t page_bytes() const { return page_size; }
  uint32_t shard_bytes() const { return shard_volume() * aligned(); }
  uint32_t get_aligned_page_size() const { return aligned(); }

  uint64_t get_shard_noc_addr(uint32_t shard, uint32_t offset = 0, uint8_t = 0,
                              EMU_SITE) const {
    (void)site;
    const uint32_t depth = shard / Args::num_banks();
    return core_of(shard) |
           (bank_base_address + depth * shard_bytes() + offset);
  }
  uint64_t get_noc_addr(uint32_t page, uint32_t offset = 0, uint8_t noc = 0,
                        EMU_SITE) const {
    if constexpr (Args::is_sharded) {
      if (!emu_page_range(page, page_count(), site))
        return 0;
      const Place place = place_of(page);
      return get_shard_noc_addr(place.shard, place.page * aligned() + offset,
                                noc, site);
    } else {
      return emu_noc_page(Args::is_dram, bank_base_address, aligned(), page,
                          offset, site);
    }
  }
  struct BankAndOffset {
    uint32_t bank_id, bank_offset;
  };
  BankAndOffset get_bank_and_offset(uint32_t page) const {
    if constexpr (Args::is_sharded) {
      const Place place = place_of(page);
      return {place.shard % Args::num_banks(),
              place.shard / Args::num_banks() * shard_bytes() +
                  place.page * aligned()};
    } else {
      const uint32_t banks = emu_bank_count(Args::is_dram);
      return {page % banks, page / banks * aligned()};
    }
  }
  bool is_local_addr(uint64_t address) const {
    return address >> EMU_NOC_X_BIT == emu_noc_self(0, 0) >> EMU_NOC_X_BIT;
  }
  bool is_local_page(uint32_t page) const {
    return is_local_addr(get_noc_addr(page));
  }
  bool is_local_shard(uint32_t shard) const {
    return is_local_addr(get_shard_noc_addr(shard));
  }

  constexpr uint32_t get_bank_base_address() const { return bank_base_address; }
  using DSpec = tensor_accessor::DistributionSpec<Args>;
  constexpr DSpec dspec() const {
    static_assert(Args::is_sharded,
                  "an interleaved tensor's shape is not known to its accessor");
    return {};
  }
  // An end of 0 is that of the tensor or shard, where it is known.
  auto pages(uint32_t start = 0, uint32_t end = 0, uint8_t noc = 0,
             EMU_SITE) const {
    if constexpr (Args::is_sharded)
      end = end ? end : page_count();
    using Find = tensor_accessor::PageOfTensor<TensorAccessor>;
    return tensor_accessor::Pages<Find>({this, noc, site}, start, end);
  }
  auto shard_pages(uint32_t shard, uint32_t start = 0, uint32_t end = 0,
                   uint8_t noc = 0, EMU_SITE) const {
    static_assert(Args::is_sharded, "an interleaved tensor has no shards");
    using Find = tensor_accessor::PageOfShard<TensorAccessor>;
    return tensor_accessor::Pages<Find>({this, shard, noc, site}, start,
                                        end ? end : shard_volume());
  }
};

template <uint32_t First, uint32_t Common>
TensorAccessor(const TensorAccessorArgs<First, Common> &)
    -> TensorAccessor<TensorAccessorArgs<First, Common>>;
template <uint32_t First, uint32_t Common>
TensorAccessor(const TensorAccessorArgs<First, Common> &, size_t)
    -> TensorAccessor<TensorAccessorArgs<First, Common>>;
template <uint32_t First, uint32_t Common>
TensorAccessor(const TensorAccessorArgs<First, Common> &, size_t, uint32_t)
    -> TensorAccessor<TensorAccessorArgs<First, Common>>;

#endif
