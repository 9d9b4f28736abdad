/* shape.hpp - extents of a tensor. */
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

namespace tt::tt_metal {

class Shape {
public:
  Shape() = default;
  Shape(std::initializer_list<std::uint32_t> extents) : extents_(extents) {}
  explicit Shape(std::vector<std::uint32_t> extents)
      : extents_(std::move(extents)) {}

  std::size_t rank() const { return extents_.size(); }
  std::size_t size() const { return extents_.size(); }
  std::uint32_t operator[](std::int64_t at) const {
    return extents_.at(static_cast<std::size_t>(
        at < 0 ? at + static_cast<std::int64_t>(extents_.size()) : at));
  }
  std::uint64_t volume() const {
    std::uint64_t product = 1;
    for (const std::uint32_t extent : extents_)
      product *= extent;
    return product;
  }
  const std::vector<std::uint32_t> &view() const { return extents_; }
  auto begin() const { return extents_.begin(); }
  auto end() const { return extents_.end(); }

private:
  std::vector<std::uint32_t> extents_;
};

} // namespace tt::tt_metal
