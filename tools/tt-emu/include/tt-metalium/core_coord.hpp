/* core_coord.hpp - cores, rectangles of cores, sets of rectangles. */
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <ostream>
#include <set>
#include <string>
#include <vector>

struct tt_xy_pair {
  std::size_t x = 0;
  std::size_t y = 0;

  constexpr tt_xy_pair() = default;
  constexpr tt_xy_pair(std::size_t x_, std::size_t y_) : x(x_), y(y_) {}
  std::string str() const {
    return "(x=" + std::to_string(x) + ",y=" + std::to_string(y) + ")";
  }
};

constexpr bool operator==(const tt_xy_pair &a, const tt_xy_pair &b) {
  return a.x == b.x && a.y == b.y;
}
constexpr bool operator!=(const tt_xy_pair &a, const tt_xy_pair &b) {
  return !(a == b);
}
constexpr bool operator<(const tt_xy_pair &a, const tt_xy_pair &b) {
  return a.y < b.y || (a.y == b.y && a.x < b.x);
}
inline std::ostream &operator<<(std::ostream &out, const tt_xy_pair &core) {
  return out << core.str();
}

using CoreCoord = tt_xy_pair;

struct CoreRange {
  CoreCoord start_coord;
  CoreCoord end_coord;

  constexpr CoreRange(const CoreCoord &core)
      : start_coord(core), end_coord(core) {}
  constexpr CoreRange(const CoreCoord &start, const CoreCoord &end)
      : start_coord(start), end_coord(end) {}

  std::size_t size() const {
    return (end_coord.x - start_coord.x + 1) *
           (end_coord.y - start_coord.y + 1);
  }
  CoreCoord grid_size() const {
    return {end_coord.x - start_coord.x + 1, end_coord.y - start_coord.y + 1};
  }
  bool contains(const CoreCoord &core) const {
    return core.x >= start_coord.x && core.x <= end_coord.x &&
           core.y >= start_coord.y && core.y <= end_coord.y;
  }
  bool contains(const CoreRange &other) const {
    return contains(other.start_coord) && contains(other.end_coord);
  }
  bool intersects(const CoreRange &other) const {
    return start_coord.x <= other.end_coord.x &&
           other.start_coord.x <= end_coord.x &&
           start_coord.y <= other.end_coord.y &&
           other.start_coord.y <= end_coord.y;
  }
  std::optional<CoreRange> intersection(const CoreRange &other) const {
    if (!intersects(other))
      return std::nullopt;
    return CoreRange({std::max(start_coord.x, other.start_coord.x),
                      std::max(start_coord.y, other.start_coord.y)},
                     {std::min(end_coord.x, other.end_coord.x),
                      std::min(end_coord.y, other.end_coord.y)});
  }
  // Adds up to four rectangles: above, below, left and right of the other.
  void without(const CoreRange &other, std::vector<CoreRange> &out) const {
    const auto hole = intersection(other);
    if (!hole) {
      out.push_back(*this);
      return;
    }
    const CoreCoord &a = start_coord, &b = end_coord;
    const CoreCoord &c = hole->start_coord, &d = hole->end_coord;
    if (a.y < c.y)
      out.push_back(CoreRange(a, {b.x, c.y - 1}));
    if (d.y < b.y)
      out.push_back(CoreRange({a.x, d.y + 1}, b));
    if (a.x < c.x)
      out.push_back(CoreRange({a.x, c.y}, {c.x - 1, d.y}));
    if (d.x < b.x)
      out.push_back(CoreRange({d.x + 1, c.y}, {b.x, d.y}));
  }
  std::string str() const {
    return "[" + start_coord.str() + " - " + end_coord.str() + "]";
  }

  class CoreIterator {
  public:
    using value_type = CoreCoord;
    using difference_type = std::ptrdiff_t;
    CoreIterator(const CoreCoord &at, const CoreRange &range)
        : at_(at), start_(range.start_coord.x), end_(range.end_coord.x) {}
    const CoreCoord &operator*() const { return at_; }
    CoreIterator &operator++() {
      if (++at_.x > end_) {
        at_.x = start_;
        ++at_.y;
      }
      return *this;
    }
    bool operator==(const CoreIterator &other) const {
      return at_ == other.at_;
    }

  private:
    CoreCoord at_;
    std::size_t start_, end_;
  };
  CoreIterator begin() const { return {start_coord, *this}; }
  CoreIterator end() const {
    return {CoreCoord(start_coord.x, end_coord.y + 1), *this};
  }
};

inline bool operator==(const CoreRange &a, const CoreRange &b) {
  return a.start_coord == b.start_coord && a.end_coord == b.end_coord;
}
inline bool operator<(const CoreRange &a, const CoreRange &b) {
  return a.start_coord < b.start_coord ||
         (a.start_coord == b.start_coord && a.end_coord < b.end_coord);
}
inline std::ostream &operator<<(std::ostream &out, const CoreRange &range) {
  return out << range.str();
}

class CoreRangeSet {
public:
  CoreRangeSet() = default;
  CoreRangeSet(const CoreCoord &core) : ranges_{CoreRange(core)} {}
  CoreRangeSet(const CoreRange &range) : ranges_{range} {}
  CoreRangeSet(std::vector<CoreRange> ranges) : ranges_(std::move(ranges)) {}
  CoreRangeSet(const std::set<CoreRange> &ranges)
      : ranges_(ranges.begin(), ranges.end()) {}
  CoreRangeSet(std::initializer_list<CoreRange> ranges) : ranges_(ranges) {}

  const std::vector<CoreRange> &ranges() const { return ranges_; }
  bool empty() const { return ranges_.empty(); }
  std::size_t size() const { return ranges_.size(); }
  std::uint32_t num_cores() const {
    std::size_t count = 0;
    for (const CoreRange &range : ranges_)
      count += range.size();
    return static_cast<std::uint32_t>(count);
  }
  bool contains(const CoreCoord &core) const {
    return std::any_of(ranges_.begin(), ranges_.end(),
                       [&](const CoreRange &r) { return r.contains(core); });
  }
  CoreRange bounding_box() const {
    CoreRange box = ranges_.at(0);
    for (const CoreRange &range : ranges_) {
      box.start_coord.x = std::min(box.start_coord.x, range.start_coord.x);
      box.start_coord.y = std::min(box.start_coord.y, range.start_coord.y);
      box.end_coord.x = std::max(box.end_coord.x, range.end_coord.x);
      box.end_coord.y = std::max(box.end_coord.y, range.end_coord.y);
    }
    return box;
  }
  CoreRangeSet merge(const CoreRangeSet &other) const {
    std::vector<CoreRange> all = ranges_;
    all.insert(all.end(), other.ranges_.begin(), other.ranges_.end());
    return CoreRangeSet(std::move(all));
  }
  bool intersects(const CoreRangeSet &other) const {
    return std::any_of(ranges_.begin(), ranges_.end(), [&](const CoreRange &a) {
      return std::any_of(other.ranges_.begin(), other.ranges_.end(),
                         [&](const CoreRange &b) { return a.intersects(b); });
    });
  }
  CoreRangeSet intersection(const CoreRangeSet &other) const {
    std::vector<CoreRange> shared;
    for (const CoreRange &a : ranges_)
      for (const CoreRange &b : other.ranges_)
        if (const auto both = a.intersection(b))
          shared.push_back(*both);
    return CoreRangeSet(std::move(shared));
  }
  // The cores that the other set does not have.
  CoreRangeSet subtract(const CoreRangeSet &other) const {
    std::vector<CoreRange> left = ranges_;
    for (const CoreRange &taken : other.ranges_) {
      std::vector<CoreRange> next;
      for (const CoreRange &range : left)
        range.without(taken, next);
      left = std::move(next);
    }
    return CoreRangeSet(std::move(left));
  }
  bool contains(const CoreRangeSet &other) const {
    return other.subtract(*this).empty();
  }
  template <class Ranges> CoreRangeSet merge(const Ranges &other) const {
    return merge(
        CoreRangeSet(std::vector<CoreRange>(other.begin(), other.end())));
  }
  std::string str() const {
    std::string text = "{";
    for (const CoreRange &range : ranges_)
      text += (text.size() > 1 ? ", " : "") + range.str();
    return text + "}";
  }

private:
  std::vector<CoreRange> ranges_;
};

inline bool operator==(const CoreRangeSet &a, const CoreRangeSet &b) {
  return a.ranges() == b.ranges();
}
inline std::ostream &operator<<(std::ostream &out, const CoreRangeSet &set) {
  return out << set.str();
}

// Cores of a set one by one, along rows or along columns.
inline std::vector<CoreCoord>
corerange_to_cores(const CoreRangeSet &set,
                   std::optional<std::uint32_t> most = std::nullopt,
                   bool row_wise = false) {
  std::vector<CoreCoord> cores;
  for (const CoreRange &r : set.ranges()) {
    const CoreCoord size = r.grid_size();
    for (std::size_t i = 0; i < size.x * size.y; ++i) {
      if (most && cores.size() == *most)
        return cores;
      cores.push_back(row_wise ? CoreCoord(r.start_coord.x + i % size.x,
                                           r.start_coord.y + i / size.x)
                               : CoreCoord(r.start_coord.x + i / size.y,
                                           r.start_coord.y + i % size.y));
    }
  }
  return cores;
}
inline std::vector<CoreCoord> grid_to_cores(std::uint32_t count,
                                            std::uint32_t columns,
                                            std::uint32_t rows,
                                            bool row_wise = false) {
  const CoreRange grid({0, 0}, {columns - 1, rows - 1});
  return corerange_to_cores(CoreRangeSet(grid), count, row_wise);
}

template <> struct std::hash<CoreCoord> {
  std::size_t operator()(const CoreCoord &core) const noexcept {
    return core.y * 0x9e3779b97f4a7c15ull + core.x;
  }
};
template <> struct std::hash<CoreRange> {
  std::size_t operator()(const CoreRange &range) const noexcept {
    const std::hash<CoreCoord> one;
    return one(range.start_coord) * 31 + one(range.end_coord);
  }
};

namespace tt {
enum class CoreType { ARC, DRAM, ETH, PCIE, WORKER };
} // namespace tt
using tt::CoreType;

namespace tt::tt_metal {
using ::CoreCoord;
using ::CoreRange;
using ::CoreRangeSet;
} // namespace tt::tt_metal
