/* bfloat16.hpp - the upper half of a float, and vectors of it. Made from any
 * number it has that value, rounded, as in current SDKs; older ones took an
 * unsigned integer for the bits.
 */
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <ostream>
#include <random>
#include <type_traits>
#include <utility>
#include <vector>

class bfloat16 {
public:
  bfloat16() = default;
  template <class T, class = std::enable_if_t<std::is_arithmetic_v<T>>>
  constexpr bfloat16(T value) : bits_(round(static_cast<float>(value))) {}

  static bfloat16 truncate(float value) {
    return std::bit_cast<bfloat16>(
        static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(value) >> 16));
  }
  constexpr float to_float() const {
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits_) << 16);
  }
  constexpr std::uint16_t to_uint16() const { return bits_; }
  constexpr std::uint16_t to_packed() const { return bits_; }
  constexpr operator float() const { return to_float(); }

  bfloat16 &operator+=(bfloat16 o) { return *this = to_float() + o.to_float(); }
  bfloat16 &operator-=(bfloat16 o) { return *this = to_float() - o.to_float(); }
  bfloat16 &operator*=(bfloat16 o) { return *this = to_float() * o.to_float(); }
  bfloat16 &operator/=(bfloat16 o) { return *this = to_float() / o.to_float(); }

private:
  // To nearest, ties to even; a NaN stays one.
  static constexpr std::uint16_t round(float value) {
    const std::uint32_t word = std::bit_cast<std::uint32_t>(value);
    if ((word & 0x7fffffffu) > 0x7f800000u)
      return static_cast<std::uint16_t>(word >> 16 | 0x40);
    return static_cast<std::uint16_t>((word + 0x7fffu + (word >> 16 & 1)) >>
                                      16);
  }
  std::uint16_t bits_ = 0;
};

static_assert(sizeof(bfloat16) == 2);

inline std::ostream &operator<<(std::ostream &out, const bfloat16 &value) {
  return out << value.to_float();
}

inline std::uint32_t
pack_two_bfloat16_into_uint32(std::pair<bfloat16, bfloat16> two) {
  return static_cast<std::uint32_t>(two.first.to_uint16()) |
         static_cast<std::uint32_t>(two.second.to_uint16()) << 16;
}
inline std::pair<bfloat16, bfloat16>
unpack_two_bfloat16_from_uint32(std::uint32_t word) {
  return {std::bit_cast<bfloat16>(static_cast<std::uint16_t>(word)),
          std::bit_cast<bfloat16>(static_cast<std::uint16_t>(word >> 16))};
}
inline std::vector<std::uint32_t>
pack_bfloat16_vec_into_uint32_vec(const std::vector<bfloat16> &data) {
  std::vector<std::uint32_t> words(data.size() / 2);
  std::memcpy(words.data(), data.data(), words.size() * 4);
  return words;
}
inline std::vector<bfloat16> unpack_uint32_vec_into_bfloat16_vec(
    const std::vector<std::uint32_t> &words,
    const std::function<bfloat16(const bfloat16 &)> &change =
        [](const bfloat16 &value) { return value; }) {
  std::vector<bfloat16> data;
  data.reserve(2 * words.size());
  for (const std::uint32_t word : words) {
    const auto two = unpack_two_bfloat16_from_uint32(word);
    data.push_back(change(two.first));
    data.push_back(change(two.second));
  }
  return data;
}

inline std::vector<bfloat16>
create_random_vector_of_bfloat16_native(std::size_t bytes, float rand_max,
                                        int seed, float offset = 0.0f) {
  std::mt19937 generator(static_cast<unsigned>(seed));
  std::uniform_real_distribution<float> uniform(0.0f, rand_max);
  std::vector<bfloat16> data(bytes / 2);
  for (bfloat16 &value : data)
    value = bfloat16(uniform(generator) + offset);
  return data;
}
inline std::vector<std::uint32_t>
create_random_vector_of_bfloat16(std::size_t bytes, float rand_max, int seed,
                                 float offset = 0.0f) {
  return pack_bfloat16_vec_into_uint32_vec(
      create_random_vector_of_bfloat16_native(bytes, rand_max, seed, offset));
}
inline std::vector<std::uint32_t>
create_constant_vector_of_bfloat16(std::size_t bytes, float value) {
  return pack_bfloat16_vec_into_uint32_vec(
      std::vector<bfloat16>(bytes / 2, bfloat16(value)));
}
inline std::vector<std::uint32_t>
create_arange_vector_of_bfloat16(std::size_t bytes, bool = false) {
  std::vector<bfloat16> data(bytes / 2);
  for (std::size_t i = 0; i < data.size(); ++i)
    data[i] = bfloat16(static_cast<float>(i));
  return pack_bfloat16_vec_into_uint32_vec(data);
}
inline std::vector<bfloat16> create_identity_matrix(int rows, int columns,
                                                    int ones) {
  std::vector<bfloat16> data(static_cast<std::size_t>(rows) *
                                 static_cast<std::size_t>(columns),
                             bfloat16(0.0f));
  for (int i = 0; i < ones; ++i)
    data[static_cast<std::size_t>(i) * static_cast<std::size_t>(columns) +
         static_cast<std::size_t>(i)] = bfloat16(1.0f);
  return data;
}
inline bool is_close(float a, float b, float relative = 0.01f,
                     float absolute = 0.001f) {
  return std::fabs(a - b) <= absolute + relative * std::fabs(b);
}
inline bool packed_uint32_t_vector_comparison(
    const std::vector<std::uint32_t> &a, const std::vector<std::uint32_t> &b,
    const std::function<bool(float, float)> &close) {
  const auto left = unpack_uint32_vec_into_bfloat16_vec(a);
  const auto right = unpack_uint32_vec_into_bfloat16_vec(b);
  for (std::size_t i = 0; i < left.size() && i < right.size(); ++i)
    if (!close(left[i].to_float(), right[i].to_float()))
      return false;
  return left.size() == right.size();
}
