/* tt_align.hpp - rounding up. */
#pragma once

#include <cstdint>

namespace tt {
template <class A, class B> constexpr auto align(A value, B alignment) {
  return (value + alignment - 1) / alignment * alignment;
}
template <class A, class B> constexpr auto div_up(A value, B by) {
  return (value + by - 1) / by;
}
template <class A, class B> constexpr auto round_up(A value, B to) {
  return div_up(value, to) * to;
}
} // namespace tt
