/* tile.hpp - the shape of a tile. */
#pragma once

#include <array>
#include <cstdint>

namespace tt::tt_metal {

class Tile {
public:
  Tile(std::array<std::uint32_t, 2> shape = {32, 32}) : shape_(shape) {}
  std::uint32_t get_height() const { return shape_[0]; }
  std::uint32_t get_width() const { return shape_[1]; }
  std::uint32_t get_tile_hw() const { return shape_[0] * shape_[1]; }
  const std::array<std::uint32_t, 2> &get_tile_shape() const { return shape_; }

private:
  std::array<std::uint32_t, 2> shape_;
};

} // namespace tt::tt_metal
