/* tilize_utils.hpp - row-major matrices to tiles of four faces and back. */
#pragma once

#include <tt-metalium/assert.hpp>
#include <tt-metalium/constants.hpp>

#include <cstdint>
#include <vector>

namespace emu_tilize {
// Position in tile order of row-major element (row, column).
inline std::size_t index(std::size_t row, std::size_t column,
                         std::size_t columns) {
  const std::size_t tile = row / 32 * (columns / 32) + column / 32;
  const std::size_t face = row % 32 / 16 * 2 + column % 32 / 16;
  return tile * 1024 + face * 256 + row % 16 * 16 + column % 16;
}
inline void check(std::size_t elements, std::uint32_t rows,
                  std::uint32_t columns) {
  TT_FATAL(rows % 32 == 0 && columns % 32 == 0,
           "a {}x{} matrix is no multiple of a 32x32 tile", rows, columns);
  TT_FATAL(elements % (static_cast<std::size_t>(rows) * columns) == 0,
           "{} elements are no {}x{} matrices", elements, rows, columns);
}
} // namespace emu_tilize

template <class T>
std::vector<T> tilize_nfaces(const std::vector<T> &data, std::uint32_t rows,
                             std::uint32_t columns) {
  emu_tilize::check(data.size(), rows, columns);
  std::vector<T> tiles(data.size());
  const std::size_t all = data.size() / columns;
  for (std::size_t row = 0; row < all; ++row)
    for (std::size_t column = 0; column < columns; ++column)
      tiles[emu_tilize::index(row, column, columns)] =
          data[row * columns + column];
  return tiles;
}

template <class T>
std::vector<T> untilize_nfaces(const std::vector<T> &tiles, std::uint32_t rows,
                               std::uint32_t columns) {
  emu_tilize::check(tiles.size(), rows, columns);
  std::vector<T> data(tiles.size());
  const std::size_t all = tiles.size() / columns;
  for (std::size_t row = 0; row < all; ++row)
    for (std::size_t column = 0; column < columns; ++column)
      data[row * columns + column] =
          tiles[emu_tilize::index(row, column, columns)];
  return data;
}

// The older names work in place.
template <class T>
void tilize(std::vector<T> &data, std::uint32_t rows, std::uint32_t columns) {
  data = tilize_nfaces(data, rows, columns);
}
template <class T>
void untilize(std::vector<T> &data, std::uint32_t rows, std::uint32_t columns) {
  data = untilize_nfaces(data, rows, columns);
}
