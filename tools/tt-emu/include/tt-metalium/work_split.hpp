/* work_split.hpp - dealing units of work to cores. */
#pragma once

#include <tt-metalium/core_coord.hpp>

#include <tuple>

namespace tt::tt_metal {

// The first `count` cores of a grid, as few rectangles: whole columns (or
// rows), then the rest.
inline CoreRangeSet num_cores_to_corerangeset(std::uint32_t count,
                                              CoreCoord grid,
                                              bool row_wise = false) {
  std::vector<CoreRange> ranges;
  const std::size_t line = row_wise ? grid.x : grid.y;
  const std::size_t whole = count / line, rest = count % line;
  if (whole)
    ranges.push_back(row_wise ? CoreRange({0, 0}, {line - 1, whole - 1})
                              : CoreRange({0, 0}, {whole - 1, line - 1}));
  if (rest)
    ranges.push_back(row_wise ? CoreRange({0, whole}, {rest - 1, whole})
                              : CoreRange({whole, 0}, {whole, rest - 1}));
  return CoreRangeSet(std::move(ranges));
}

namespace emu_detail {
// Consecutive cores of a list as rectangles of one line each.
inline CoreRangeSet lines(const std::vector<CoreCoord> &cores) {
  std::vector<CoreRange> ranges;
  for (const CoreCoord &core : cores) {
    if (!ranges.empty()) {
      CoreRange &last = ranges.back();
      const bool down = last.start_coord.x == last.end_coord.x &&
                        core.x == last.end_coord.x &&
                        core.y == last.end_coord.y + 1;
      const bool right = last.start_coord.y == last.end_coord.y &&
                         core.y == last.end_coord.y &&
                         core.x == last.end_coord.x + 1;
      if (down || right) {
        last.end_coord = core;
        continue;
      }
    }
    ranges.emplace_back(core);
  }
  return CoreRangeSet(std::move(ranges));
}

inline std::tuple<std::uint32_t, CoreRangeSet, CoreRangeSet, CoreRangeSet,
                  std::uint32_t, std::uint32_t>
split(const std::vector<CoreCoord> &cores, std::uint32_t units) {
  const auto available = static_cast<std::uint32_t>(cores.size());
  if (units == 0 || available == 0)
    return {0, CoreRangeSet(), CoreRangeSet(), CoreRangeSet(), 0, 0};
  const std::uint32_t used = std::min(available, units);
  const std::uint32_t each = units / used, more = units % used;
  const auto first = cores.begin();
  const CoreRangeSet all = lines({first, first + used});
  if (more == 0)
    return {used, all, all, CoreRangeSet(), each, 0};
  return {used,
          all,
          lines({first, first + more}),
          lines({first + more, first + used}),
          each + 1,
          each};
}
} // namespace emu_detail

// (cores used, all of them, those with one unit more, the others, units of
// each group)
inline auto split_work_to_cores(const CoreCoord grid, std::uint32_t units,
                                bool row_wise = false) {
  return emu_detail::split(
      corerange_to_cores(
          CoreRangeSet(CoreRange({0, 0}, {grid.x - 1, grid.y - 1})),
          std::nullopt, row_wise),
      units);
}
inline auto split_work_to_cores(const CoreRangeSet &cores, std::uint32_t units,
                                bool row_wise = false) {
  return emu_detail::split(corerange_to_cores(cores, std::nullopt, row_wise),
                           units);
}

} // namespace tt::tt_metal

using tt::tt_metal::num_cores_to_corerangeset;
