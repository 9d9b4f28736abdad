/* core.h - the part of fmt that TT-Metalium programs use: print and format with
 * {}, {:d}, {:x}, {:.2f}, widths and {{ }}.
 */
#pragma once

#include <cstdio>
#include <functional>
#include <sstream>
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

// Reads "0>10.3f": alignment, zero, width, precision, type.
struct Spec {
  char align = 0, fill = ' ', type = 0;
  bool plus = false, alternate = false;
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
      fill = '0';
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
    const bool sign = fill == '0' && !body.empty() && body[0] == '-';
    return (sign ? "-" : "") + std::string(missing, fill) +
           body.substr(sign ? 1 : 0);
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
  const char *form = spec.type == 'x'   ? (spec.alternate ? "%#llx" : "%llx")
                     : spec.type == 'X' ? "%llX"
                     : spec.type == 'o' ? "%llo"
                                        : "%llu";
  std::string body;
  if (spec.type == 'b') {
    for (unsigned long long rest = size; rest || body.empty(); rest /= 2)
      body.insert(body.begin(), static_cast<char>('0' + rest % 2));
  } else {
    std::snprintf(text, sizeof text, form, size);
    body = text;
  }
  return (negative ? "-" : spec.plus ? "+" : "") + body;
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
    std::ostringstream out;
    out << static_cast<const void *>(value);
    return out.str();
  } else if constexpr (is_range<T>::value) {
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

inline std::string run(std::string_view format,
                       const std::vector<Printer> &arguments) {
  std::string out;
  size_t next = 0;
  for (size_t i = 0; i < format.size(); ++i) {
    const char c = format[i];
    const bool twice = i + 1 < format.size() && format[i + 1] == c;
    if ((c == '{' || c == '}') && twice) {
      out += c;
      ++i;
      continue;
    }
    if (c != '{') {
      out += c;
      continue;
    }
    const size_t end = format.find('}', i);
    if (end == std::string_view::npos)
      break;
    std::string_view inside = format.substr(i + 1, end - i - 1);
    size_t which = next;
    const size_t colon = inside.find(':');
    const std::string_view index = inside.substr(0, colon);
    if (index.empty())
      ++next;
    else
      which = static_cast<size_t>(std::stoul(std::string(index)));
    const std::string_view options =
        colon == std::string_view::npos ? "" : inside.substr(colon + 1);
    if (which < arguments.size())
      out += arguments[which](options);
    i = end;
  }
  return out;
}

} // namespace detail

template <class T> struct runtime_string { T text; };
inline std::string_view runtime(std::string_view text) { return text; }

template <class... T>
std::string format(std::string_view text, const T &...arguments) {
  const std::vector<detail::Printer> printers = {
      [&arguments](std::string_view options) {
        return detail::one(arguments, options);
      }...};
  return detail::run(text, printers);
}
template <class... T>
void print(std::FILE *file, std::string_view text, const T &...arguments) {
  const std::string out = fmt::format(text, arguments...);
  std::fwrite(out.data(), 1, out.size(), file);
}
template <class... T> void print(std::string_view text, const T &...arguments) {
  fmt::print(stdout, text, arguments...);
}
template <class... T>
void println(std::FILE *file, std::string_view text, const T &...arguments) {
  fmt::print(file, "{}\n", fmt::format(text, arguments...));
}
template <class... T>
void println(std::string_view text, const T &...arguments) {
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
