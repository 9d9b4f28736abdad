/* core.h - the part of fmt that TT-Metalium programs use: print and format with
 * {}, {:d}, {:x}, {:.2f}, widths and {{ }}.
 */
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace fmt {

using std::string_view;

template <class T, class = void> struct formatter;

namespace detail {

template <class T, class = void> struct is_range : std::false_type {};
template <class T>
struct is_range<T, std::void_t<decltype(std::declval<const T &>().begin()),
                               decltype(std::declval<const T &>().end())>>
    : std::true_type {};

template <class T, class = void> struct is_streamed : std::false_type {};
template <class T>
struct is_streamed<T, std::void_t<decltype(std::declval<std::ostream &>()
                                           << std::declval<const T &>())>>
    : std::true_type {};

// Reads "0>10.3f": alignment, zero, width, precision, type.
struct Spec {
  char align = 0, fill = ' ', type = 0;
  bool plus = false, alternate = false, zeros = false;
  int width = 0, precision = -1;

  explicit Spec(std::string_view text) {
    size_t i = 0;
    const auto aligns = [](char c) { return c == '<' || c == '>' || c == '^'; };
    if (text.size() > 1 && aligns(text[1])) {
      fill = text[0];
      align = text[1];
      i = 2;
    } else if (!text.empty() && aligns(text[0])) {
      align = text[0];
      i = 1;
    }
    if (i < text.size() && text[i] == '+') {
      plus = true;
      ++i;
    }
    if (i < text.size() && text[i] == '#') {
      alternate = true;
      ++i;
    }
    if (i < text.size() && text[i] == '0') {
      zeros = true;
      ++i;
    }
    for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i)
      width = width * 10 + (text[i] - '0');
    if (i < text.size() && text[i] == '.') {
      precision = 0;
      for (++i; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i)
        precision = precision * 10 + (text[i] - '0');
    }
    if (i < text.size())
      type = text[i];
  }

  std::string pad(std::string body, bool number) const {
    const size_t wanted = static_cast<size_t>(width);
    if (body.size() >= wanted)
      return body;
    const size_t missing = wanted - body.size();
    const char side = align ? align : (number ? '>' : '<');
    if (side == '^')
      return std::string(missing / 2, fill) + body +
             std::string(missing - missing / 2, fill);
    if (side == '<')
      return body + std::string(missing, fill);
    if (!number || !zeros || align)
      return std::string(missing, fill) + body;
    // Zeros come after the sign and the base.
    size_t before = body[0] == '-' || body[0] == '+';
    if (alternate && type && type != 'd' && body[before] == '0')
      before += type == 'o' ? 1 : 2;
    return body.substr(0, before) + std::string(missing, '0') +
           body.substr(before);
  }
};

inline std::string floating(double value, const Spec &spec) {
  char text[400];
  if (spec.type == 0 && spec.precision < 0) {
    for (int digits = 6; digits <= 17; ++digits) {
      std::snprintf(text, sizeof text, "%.*g", digits, value);
      if (std::stod(text) == value || value != value)
        break;
    }
    return text;
  }
  const char form[] = {'%', '.', '*', spec.type ? spec.type : 'g', 0};
  std::snprintf(text, sizeof text, form,
                spec.precision < 0 ? 6 : spec.precision, value);
  return text;
}

template <class T> std::string integral(T value, const Spec &spec) {
  char text[80];
  const bool negative = value < T(0);
  const auto bits = static_cast<unsigned long long>(value);
  const unsigned long long size = negative ? ~bits + 1 : bits;
  const char *form = spec.type == 'x'   ? "%llx"
                     : spec.type == 'X' ? "%llX"
                     : spec.type == 'o' ? "%llo"
                                        : "%llu";
  const char *base = !spec.alternate            ? ""
                     : spec.type == 'x'         ? "0x"
                     : spec.type == 'X'         ? "0X"
                     : spec.type == 'b'         ? "0b"
                     : spec.type == 'o' && size ? "0"
                                                : "";
  std::string body;
  if (spec.type == 'b') {
    for (unsigned long long rest = size; rest || body.empty(); rest /= 2)
      body.insert(body.begin(), static_cast<char>('0' + rest % 2));
  } else {
    std::snprintf(text, sizeof text, form, size);
    body = text;
  }
  return (negative ? "-" : spec.plus ? "+" : "") + (base + body);
}

template <class T> std::string one(const T &value, std::string_view options) {
  const Spec spec(options);
  if constexpr (std::is_same_v<T, bool>)
    return spec.pad(value ? "true" : "false", false);
  else if constexpr (std::is_same_v<T, char>)
    return spec.pad(std::string(1, value), false);
  else if constexpr (std::is_enum_v<T>)
    return spec.pad(integral(static_cast<long long>(value), spec), true);
  else if constexpr (std::is_integral_v<T>)
    return spec.type == 'f' ? spec.pad(floating(double(value), spec), true)
                            : spec.pad(integral(value, spec), true);
  else if constexpr (std::is_floating_point_v<T>) {
    if constexpr (sizeof(T) == 4) {
      if (!spec.type && spec.precision < 0) {
        char text[60];
        for (int digits = 6; digits <= 9; ++digits) {
          std::snprintf(text, sizeof text, "%.*g", digits, double(value));
          if (std::stof(text) == value || value != value)
            break;
        }
        return spec.pad(text, true);
      }
    }
    return spec.pad(floating(double(value), spec), true);
  } else if constexpr (std::is_convertible_v<const T &, std::string_view>)
    return spec.pad(std::string(std::string_view(value)), false);
  else if constexpr (std::is_pointer_v<T>) {
    char text[40];
    std::snprintf(text, sizeof text, "0x%llx",
                  static_cast<unsigned long long>(
                      reinterpret_cast<std::uintptr_t>(value)));
    return spec.pad(text, true);
  } else if constexpr (is_range<T>::value && !is_streamed<T>::value) {
    std::string body = "[", comma;
    for (const auto &element : value) {
      body += comma + one(element, options);
      comma = ", ";
    }
    return body + "]";
  } else {
    std::ostringstream out;
    out << value;
    return spec.pad(out.str(), false);
  }
}

using Printer = std::function<std::string(std::string_view)>;

// The number of an argument: written, or the next one.
constexpr size_t which(std::string_view index, size_t &next) {
  if (index.empty())
    return next++;
  size_t value = 0;
  for (const char c : index)
    value = value * 10 + static_cast<size_t>(c - '0');
  return value;
}

// Calls text(part) for what stands between arguments, and
// field(index, options) for what is between braces; options may have braces of
// their own.
template <class Text, class Field>
constexpr void parse(std::string_view format, Text text, Field field) {
  for (size_t i = 0; i < format.size(); ++i) {
    const char c = format[i];
    if ((c == '{' || c == '}') && i + 1 < format.size() && format[i + 1] == c) {
      text(format.substr(i++, 1));
      continue;
    }
    if (c != '{') {
      text(format.substr(i, 1));
      continue;
    }
    size_t depth = 1, end = i + 1;
    for (; end < format.size(); ++end) {
      depth += format[end] == '{';
      depth -= format[end] == '}';
      if (!depth)
        break;
    }
    const std::string_view inside = format.substr(i + 1, end - i - 1);
    const size_t colon = inside.find(':');
    field(inside.substr(0, colon), colon == std::string_view::npos
                                       ? std::string_view()
                                       : inside.substr(colon + 1));
    i = end;
  }
}

constexpr void nothing(std::string_view) {}

// How many arguments a format needs.
constexpr size_t needed(std::string_view format) {
  size_t next = 0, most = 0;
  const auto count = [&](std::string_view index) {
    const size_t at = which(index, next);
    most = at + 1 > most ? at + 1 : most;
  };
  parse(format, nothing, [&](std::string_view index, std::string_view options) {
    count(index);
    parse(options, nothing,
          [&](std::string_view inner, std::string_view) { count(inner); });
  });
  return most;
}

} // namespace detail

struct format_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

namespace detail {

inline std::string run(std::string_view format,
                       const std::vector<Printer> &arguments) {
  std::string out;
  size_t next = 0;
  const auto print = [&](std::string_view index, std::string_view options) {
    const size_t at = which(index, next);
    if (at >= arguments.size())
      throw format_error("argument not found");
    return arguments[at](options);
  };
  parse(
      format, [&](std::string_view part) { out += part; },
      [&](std::string_view index, std::string_view options) {
        // A width or precision may be an argument; the value comes first.
        const size_t value = which(index, next);
        std::string spec;
        parse(
            options, [&](std::string_view part) { spec += part; },
            [&](std::string_view inner, std::string_view) {
              spec += print(inner, "");
            });
        out += print(std::to_string(value), spec);
      });
  return out;
}

// Not a constant expression: a format that needs more than it gets does not
// compile.
inline void argument_not_found() {}

} // namespace detail

struct runtime_string {
  std::string_view text;
};
inline runtime_string runtime(std::string_view text) { return {text}; }

template <class... T> class basic_format {
public:
  template <class S, class = std::enable_if_t<
                         std::is_convertible_v<const S &, std::string_view>>>
  consteval basic_format(const S &text) : text_(text) {
    if (detail::needed(text_) > sizeof...(T))
      detail::argument_not_found();
  }
  basic_format(runtime_string text) : text_(text.text) {}
  std::string_view get() const { return text_; }

private:
  std::string_view text_;
};
template <class... T>
using format_string = basic_format<std::type_identity_t<T>...>;

template <class... T>
std::string format(format_string<T...> text, const T &...arguments) {
  const std::vector<detail::Printer> printers = {
      [&arguments](std::string_view options) {
        return detail::one(arguments, options);
      }...};
  return detail::run(text.get(), printers);
}
template <class... T>
void print(std::FILE *file, format_string<T...> text, const T &...arguments) {
  const std::string out = fmt::format(text, arguments...);
  std::fwrite(out.data(), 1, out.size(), file);
}
template <class... T>
void print(format_string<T...> text, const T &...arguments) {
  fmt::print(stdout, text, arguments...);
}
template <class... T>
void println(std::FILE *file, format_string<T...> text, const T &...arguments) {
  fmt::print(file, "{}\n", fmt::format(text, arguments...));
}
template <class... T>
void println(format_string<T...> text, const T &...arguments) {
  fmt::println(stdout, text, arguments...);
}
template <class Range>
std::string join(const Range &range, std::string_view separator) {
  std::string out;
  for (const auto &element : range) {
    if (!out.empty())
      out += separator;
    out += detail::one(element, "");
  }
  return out;
}

} // namespace fmt
