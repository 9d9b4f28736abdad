/* accessor_pages.h - what a TensorAccessor says of its tensor's shape, and
 * loops over its pages.
 */
#ifndef TT_EMU_ACCESSOR_PAGES_H
#define TT_EMU_ACCESSOR_PAGES_H

/* The iterator tags come with <array>. <iterator> has the streams' iterators
 * too: with them a kernel takes twice as long to compile. */
#include "tt-emu/args.h"

namespace tensor_accessor {

// Of a sharded tensor. Shapes, strides and volumes count pages; the grid counts
// shards.
template <class Args> struct DistributionSpec {
  static constexpr bool is_interleaved = !Args::is_sharded;
  static constexpr bool is_dram = Args::is_dram;
  static constexpr bool is_static = true, has_static_rank = true;
  static constexpr uint32_t rank_ct = Args::rank();
  static constexpr uint32_t num_banks_ct = Args::num_banks();
  using Shape = std::array<uint32_t, rank_ct>;
  using BankCoords = std::array<uint16_t, num_banks_ct>;

  static constexpr Shape words(uint32_t first) {
    Shape out{};
    for (uint32_t i = 0; i < rank_ct; ++i)
      out[i] = Args::word(first + i);
    return out;
  }
  static constexpr Shape strides(const Shape &shape) {
    Shape out{};
    uint32_t stride = 1;
    for (uint32_t i = rank_ct; i-- > 0; stride *= shape[i])
      out[i] = stride;
    return out;
  }
  static constexpr size_t volume(const Shape &shape) {
    size_t out = 1;
    for (uint32_t extent : shape)
      out *= extent;
    return out;
  }
  static constexpr Shape tensor = words(4), shard = words(4 + rank_ct);
  static constexpr Shape grid_of() {
    Shape out{};
    for (uint32_t i = 0; i < rank_ct; ++i)
      out[i] = (tensor[i] + shard[i] - 1) / shard[i];
    return out;
  }
  static constexpr BankCoords coords_of() {
    BankCoords out{};
    for (uint32_t i = 0; i < num_banks_ct; ++i)
      out[i] = static_cast<uint16_t>(Args::word(4 + 2 * rank_ct + i / 2) >>
                                     (i % 2 ? 16 : 0));
    return out;
  }
  static constexpr Shape grid = grid_of();
  static constexpr Shape tensor_steps = strides(tensor);
  static constexpr Shape shard_steps = strides(shard);
  static constexpr Shape grid_steps = strides(grid);
  static constexpr BankCoords coords = coords_of();

  constexpr uint32_t rank() const { return rank_ct; }
  constexpr uint32_t num_banks() const { return num_banks_ct; }
  constexpr const Shape &tensor_shape() const { return tensor; }
  constexpr const Shape &shard_shape() const { return shard; }
  constexpr const Shape &tensor_strides() const { return tensor_steps; }
  constexpr const Shape &shard_strides() const { return shard_steps; }
  constexpr size_t tensor_volume() const { return volume(tensor); }
  constexpr size_t shard_volume() const { return volume(shard); }
  constexpr const Shape &shard_grid() const { return grid; }
  constexpr const Shape &shard_grid_strides() const { return grid_steps; }
  constexpr const BankCoords &packed_xy_coords() const { return coords; }
};

class Page {
public:
  constexpr Page(uint64_t address, uint32_t id) : address_(address), id_(id) {}
  uint64_t noc_addr() const { return address_; }
  uint32_t page_id() const { return id_; }

private:
  uint64_t address_;
  uint32_t id_;
};

// Walks the numbers from a start to an end. `Find` turns one into a page, and
// says of some that there is none.
template <class Find> class Pages {
public:
  class iterator {
  public:
    using value_type = Page;
    using difference_type = std::ptrdiff_t;
    using reference = const Page &;
    using pointer = const Page *;
    using iterator_category = std::forward_iterator_tag;

    iterator(const Find &find, uint32_t at, uint32_t end)
        : find_(find), at_(at), end_(end) {
      settle();
    }
    reference operator*() const { return page_; }
    pointer operator->() const { return &page_; }
    uint32_t page_id() const { return page_.page_id(); }
    iterator &operator++() { return *this += 1; }
    iterator operator++(int) {
      iterator before = *this;
      ++*this;
      return before;
    }
    iterator &operator+=(difference_type steps) {
      const uint64_t next = at_ + static_cast<uint64_t>(steps);
      at_ = next < end_ ? static_cast<uint32_t>(next) : end_;
      settle();
      return *this;
    }
    iterator operator+(difference_type steps) const {
      iterator later = *this;
      return later += steps;
    }
    Page operator[](difference_type steps) const { return *(*this + steps); }
    bool operator==(const iterator &other) const { return at_ == other.at_; }
    bool operator!=(const iterator &other) const { return at_ != other.at_; }
    bool operator<(const iterator &other) const { return at_ < other.at_; }
    bool operator>(const iterator &other) const { return at_ > other.at_; }
    bool operator<=(const iterator &other) const { return at_ <= other.at_; }
    bool operator>=(const iterator &other) const { return at_ >= other.at_; }

  private:
    void settle() {
      while (at_ < end_ && !find_.exists(at_))
        ++at_;
      if (at_ < end_)
        page_ = find_.page(at_);
    }
    Find find_;
    uint32_t at_, end_;
    Page page_{0, 0};
  };
  using const_iterator = iterator;

  Pages(const Find &find, uint32_t start, uint32_t end)
      : find_(find), start_(start), end_(end) {}
  iterator begin() const { return {find_, start_, end_}; }
  iterator end() const { return {find_, end_, end_}; }
  const_iterator cbegin() const { return begin(); }
  const_iterator cend() const { return end(); }

private:
  Find find_;
  uint32_t start_, end_;
};

// Pages by their numbers in the tensor.
template <class Accessor> struct PageOfTensor {
  const Accessor *accessor;
  uint8_t noc;
  EmuSite site;

  bool exists(uint32_t) const { return true; }
  Page page(uint32_t id) const {
    return {accessor->get_noc_addr(id, 0, noc, site), id};
  }
};

// Pages by their places in a shard, which may reach over the tensor's edge.
template <class Accessor> struct PageOfShard {
  const Accessor *accessor;
  uint32_t shard;
  uint8_t noc;
  EmuSite site;

  bool locate(uint32_t place, uint32_t &id) const {
    constexpr typename Accessor::DSpec spec{};
    uint32_t shards = shard;
    id = 0;
    for (uint32_t dim = spec.rank(); dim-- > 0;) {
      const uint32_t extent = spec.shard_shape()[dim];
      const uint32_t at =
          shards % spec.shard_grid()[dim] * extent + place % extent;
      shards /= spec.shard_grid()[dim];
      place /= extent;
      if (at >= spec.tensor_shape()[dim])
        return false;
      id += at * spec.tensor_strides()[dim];
    }
    return true;
  }
  bool exists(uint32_t place) const {
    uint32_t id;
    return locate(place, id);
  }
  Page page(uint32_t place) const {
    uint32_t id;
    locate(place, id);
    const uint32_t offset = place * accessor->get_aligned_page_size();
    return {accessor->get_shard_noc_addr(shard, offset, noc, site), id};
  }
};

} // namespace tensor_accessor

#endif
