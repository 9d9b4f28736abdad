/* circular_buffer_config.hpp - circular buffers that share a stretch of L1. */
#pragma once

#include <hostdevcommon/kernel_structs.h>
#include <tt-metalium/buffer.hpp>
#include <tt-metalium/circular_buffer_constants.h>
#include <tt-metalium/tile.hpp>
#include <tt-metalium/tt_backend_api_types.hpp>

#include <map>

namespace tt::tt_metal {

using CBHandle = std::uintptr_t;

class CircularBufferConfig {
public:
  CircularBufferConfig(std::uint32_t total,
                       const std::map<std::uint8_t, tt::DataFormat> &formats) {
    spec_.total = total;
    set_formats(formats);
  }
  CircularBufferConfig(std::uint32_t total,
                       const std::map<std::uint8_t, tt::DataFormat> &formats,
                       const Buffer &buffer)
      : CircularBufferConfig(total, formats) {
    set_globally_allocated_address(buffer);
  }
  explicit CircularBufferConfig(std::uint32_t total) { spec_.total = total; }

  CircularBufferConfig &set_page_size(std::uint8_t index, std::uint32_t bytes) {
    TT_FATAL(index < EMU_CB_INDICES && spec_.used[index],
             "circular buffer index {} is not part of this configuration",
             static_cast<int>(index));
    TT_FATAL(bytes && spec_.total % bytes == 0,
             "Total circular buffer size {} B must be divisible by page size "
             "{} B",
             spec_.total, bytes);
    spec_.page_size[index] = bytes;
    return *this;
  }
  CircularBufferConfig &set_total_size(std::uint32_t bytes) {
    spec_.total = bytes;
    return *this;
  }
  CircularBufferConfig &set_tile_dims(std::uint8_t index, const Tile &tile) {
    spec_.tile_rows[index] = tile.get_height();
    spec_.tile_columns[index] = tile.get_width();
    return *this;
  }
  CircularBufferConfig &set_globally_allocated_address(const Buffer &buffer) {
    TT_FATAL(buffer.is_l1(), "only an L1 buffer can hold a circular buffer");
    spec_.global = true;
    spec_.global_address = buffer.address();
    spec_.global_limit =
        static_cast<std::uint32_t>(buffer.aligned_size_per_bank());
    return *this;
  }
  // index(c).set_page_size(n): the builder form.
  class Builder {
  public:
    Builder(CircularBufferConfig &config, std::uint8_t index)
        : config_(config), index_(index) {
      config.use(index, tt::DataFormat::Float16_b);
    }
    const Builder &set_data_format(tt::DataFormat format) const {
      config_.use(index_, format);
      return *this;
    }
    const Builder &set_page_size(std::uint32_t bytes) const {
      config_.set_page_size(index_, bytes);
      return *this;
    }
    const Builder &set_tile_dims(const Tile &tile) const {
      config_.set_tile_dims(index_, tile);
      return *this;
    }

  private:
    CircularBufferConfig &config_;
    std::uint8_t index_;
  };
  Builder index(std::uint8_t at) { return Builder(*this, at); }

  std::uint32_t total_size() const { return spec_.total; }
  const EmuCbSpec &emu() const { return spec_; }

private:
  void use(std::uint8_t index, tt::DataFormat format) {
    TT_FATAL(index < EMU_CB_INDICES, "circular buffer index {} is beyond {}",
             static_cast<int>(index), EMU_CB_INDICES - 1);
    spec_.used[index] = 1;
    spec_.format[index] = static_cast<std::uint32_t>(format);
    if (!spec_.tile_rows[index])
      spec_.tile_rows[index] = spec_.tile_columns[index] = 32;
  }
  void set_formats(const std::map<std::uint8_t, tt::DataFormat> &formats) {
    for (const auto &[index, format] : formats)
      use(index, format);
  }

  EmuCbSpec spec_{};
};

} // namespace tt::tt_metal
