/* magic_enum.hpp - names and values of enumerators, which host programs of
 * older SDKs ask for: the enumerators from -128 to 127 of an unscoped or scoped
 * enumeration.
 */
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace magic_enum {

namespace emu {

// The compiler's own spelling: of a value without a name it is a cast.
template <auto Value> constexpr std::string_view spelled() {
  const std::string_view text = __PRETTY_FUNCTION__;
  const std::size_t at = text.find("Value = ") + 8;
  std::string_view name = text.substr(at, text.find_first_of(";]", at) - at);
  if (name.find(')') != name.npos || name[0] == '-' ||
      (name[0] >= '0' && name[0] <= '9'))
    return {};
  const std::size_t scope = name.rfind(':');
  return scope == name.npos ? name : name.substr(scope + 1);
}

// Without a fixed type the enumeration may not have the value at all.
template <class E, int Value, class = void>
constexpr std::string_view spelled_if_any{};
template <class E, int Value>
constexpr std::string_view spelled_if_any<
    E, Value, std::void_t<std::integral_constant<E, static_cast<E>(Value)>>> =
    spelled<static_cast<E>(Value)>();

struct Entry {
  int value = 0;
  std::string_view name{};
};

template <class E, int... Offset>
constexpr auto entries(std::integer_sequence<int, Offset...>) {
  constexpr std::array<Entry, sizeof...(Offset)> all = {
      Entry{Offset - 128, spelled_if_any<E, Offset - 128>}...};
  constexpr std::size_t count = [&] {
    std::size_t named = 0;
    for (const Entry &entry : all)
      named += !entry.name.empty();
    return named;
  }();
  std::array<Entry, count> found{};
  std::size_t next = 0;
  for (const Entry &entry : all)
    if (!entry.name.empty())
      found[next++] = entry;
  return found;
}

template <class E>
constexpr auto known = entries<E>(std::make_integer_sequence<int, 256>());

} // namespace emu

template <class E> constexpr std::size_t enum_count() {
  return emu::known<E>.size();
}
template <class E> constexpr auto enum_values() {
  std::array<E, enum_count<E>()> values{};
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<E>(emu::known<E>[i].value);
  return values;
}
template <class E> constexpr auto enum_names() {
  std::array<std::string_view, enum_count<E>()> names{};
  for (std::size_t i = 0; i < names.size(); ++i)
    names[i] = emu::known<E>[i].name;
  return names;
}
template <class E> constexpr std::string_view enum_name(E value) {
  for (const emu::Entry &entry : emu::known<E>)
    if (entry.value == static_cast<int>(value))
      return entry.name;
  return {};
}
template <class E> constexpr std::optional<E> enum_cast(std::string_view name) {
  for (const emu::Entry &entry : emu::known<E>)
    if (entry.name == name)
      return static_cast<E>(entry.value);
  return std::nullopt;
}
template <class E> constexpr auto enum_integer(E value) {
  return static_cast<std::underlying_type_t<E>>(value);
}

} // namespace magic_enum
