/* tt_backend_api_types.hpp - data formats, architectures, fidelities. */
#pragma once

#include <cstdint>
#include <ostream>

namespace tt {

enum class DataFormat : std::uint8_t {
  Float32 = 0,
  Float16 = 1,
  Bfp8 = 2,
  Bfp4 = 3,
  Tf32 = 4,
  Float16_b = 5,
  Bfp8_b = 6,
  Bfp4_b = 7,
  Int32 = 8,
  UInt16 = 9,
  Lf8 = 10,
  Bfp2 = 11,
  Int16 = 13,
  Int8 = 14,
  Bfp2_b = 15,
  UInt32 = 24,
  Fp8_e4m3 = 26,
  UInt8 = 30,
  RawUInt32 = 31,
  Invalid = 255
};

enum class ARCH {
  GRAYSKULL = 1,
  WORMHOLE_B0 = 2,
  BLACKHOLE = 3,
  Invalid = 255
};

inline std::ostream &operator<<(std::ostream &out, ARCH arch) {
  return out << (arch == ARCH::BLACKHOLE     ? "blackhole"
                 : arch == ARCH::WORMHOLE_B0 ? "wormhole_b0"
                                             : "unknown");
}

// Bytes of an element; block formats have none of their own.
constexpr std::uint32_t datum_size(DataFormat format) {
  switch (format) {
  case DataFormat::Float32:
  case DataFormat::Int32:
  case DataFormat::UInt32:
  case DataFormat::RawUInt32:
  case DataFormat::Tf32:
    return 4;
  case DataFormat::Float16:
  case DataFormat::Float16_b:
  case DataFormat::UInt16:
  case DataFormat::Int16:
    return 2;
  default:
    return 1;
  }
}

// Bytes of a 32x32 tile.
constexpr std::uint32_t tile_size(DataFormat format) {
  switch (format) {
  case DataFormat::Bfp8:
  case DataFormat::Bfp8_b:
    return 1088;
  case DataFormat::Bfp4:
  case DataFormat::Bfp4_b:
    return 576;
  case DataFormat::Bfp2:
  case DataFormat::Bfp2_b:
    return 320;
  default:
    return 1024 * datum_size(format);
  }
}

} // namespace tt

enum class MathFidelity : std::uint8_t {
  LoFi = 0,
  HiFi2 = 2,
  HiFi3 = 3,
  HiFi4 = 4,
  Invalid = 255
};

enum class UnpackToDestMode : std::uint8_t { UnpackToDestFp32, Default };

namespace tt::tt_metal {
using ::MathFidelity;
using ::UnpackToDestMode;
using tt::datum_size;
} // namespace tt::tt_metal
