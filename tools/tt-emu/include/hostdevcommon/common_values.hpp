/* common_values.hpp - constants that host and kernels share. */
#ifndef TT_EMU_COMMON_VALUES_HPP
#define TT_EMU_COMMON_VALUES_HPP

#include <cstdint>

constexpr static std::uint32_t INVALID = 0;
constexpr static std::uint32_t VALID = 1;

#endif
