/* buffer.hpp - memory on the device: interleaved over the banks, or sharded
 * over cores.
 */
#pragma once

#include <tt-emu/host.h>
#include <tt-metalium/assert.hpp>
#include <tt-metalium/buffer_types.hpp>
#include <tt-metalium/core_coord.hpp>
#include <tt-metalium/shape.hpp>

#include <array>
#include <memory>
#include <optional>
#include <vector>

namespace tt::tt_metal {

class IDevice;
EmuDevice *emu_handle(IDevice *device); // device.hpp

namespace emu_detail {
[[noreturn]] inline void fail() { throw std::runtime_error(emu_error()); }
inline void check(bool good) {
  if (!good)
    fail();
}
} // namespace emu_detail

struct ShardSpec {
  CoreRangeSet grid;
  std::array<std::uint32_t, 2> shape{};
  ShardOrientation orientation = ShardOrientation::ROW_MAJOR;

  ShardSpec(const CoreRangeSet &cores, const std::array<std::uint32_t, 2> &size,
            ShardOrientation order = ShardOrientation::ROW_MAJOR)
      : grid(cores), shape(size), orientation(order) {}
  std::uint32_t num_cores() const { return grid.num_cores(); }
  std::uint32_t numel() const { return shape[0] * shape[1]; }
};

// Sharding of a matrix in pages: shard shape and page shape in elements.
struct ShardSpecBuffer {
  ShardSpec tensor_shard_spec;
  std::array<std::uint32_t, 2> page_shape{};
  std::array<std::uint32_t, 2> tensor2d_shape_in_pages{};

  ShardSpecBuffer(const CoreRangeSet &cores,
                  const std::array<std::uint32_t, 2> &shard,
                  const ShardOrientation &order,
                  const std::array<std::uint32_t, 2> &page,
                  const std::array<std::uint32_t, 2> &tensor)
      : tensor_shard_spec(cores, shard, order), page_shape(page),
        tensor2d_shape_in_pages(tensor) {}
  ShardSpecBuffer(const ShardSpec &spec,
                  const std::array<std::uint32_t, 2> &page,
                  const std::array<std::uint32_t, 2> &tensor)
      : tensor_shard_spec(spec), page_shape(page),
        tensor2d_shape_in_pages(tensor) {}

  CoreRangeSet grid() const { return tensor_shard_spec.grid; }
  std::array<std::uint32_t, 2> shape_in_pages() const {
    return {tensor_shard_spec.shape[0] / page_shape[0],
            tensor_shard_spec.shape[1] / page_shape[1]};
  }
};

// Sharding of a tensor of any rank, in pages.
class BufferDistributionSpec {
public:
  BufferDistributionSpec(const Shape &tensor, const Shape &shard,
                         std::vector<CoreCoord> cores)
      : tensor_(tensor), shard_(shard), cores_(std::move(cores)) {}
  BufferDistributionSpec(const Shape &tensor, const Shape &shard,
                         const CoreRangeSet &cores,
                         ShardOrientation order = ShardOrientation::ROW_MAJOR)
      : BufferDistributionSpec(
            tensor, shard,
            corerange_to_cores(cores, std::nullopt,
                               order == ShardOrientation::ROW_MAJOR)) {}

  const Shape &tensor_shape_in_pages() const { return tensor_; }
  const Shape &shard_shape_in_pages() const { return shard_; }
  const std::vector<CoreCoord> &cores() const { return cores_; }
  std::size_t num_cores() const { return cores_.size(); }

private:
  Shape tensor_, shard_;
  std::vector<CoreCoord> cores_;
};

class BufferShardingArgs {
public:
  BufferShardingArgs() = default;
  BufferShardingArgs(std::nullopt_t) {}
  BufferShardingArgs(
      ShardSpecBuffer spec,
      TensorMemoryLayout layout = TensorMemoryLayout::HEIGHT_SHARDED)
      : layout_(layout) {
    spec_ = matrix(spec);
  }
  BufferShardingArgs(BufferDistributionSpec spec)
      : spec_(std::move(spec)), layout_(TensorMemoryLayout::BLOCK_SHARDED) {}
  BufferShardingArgs(BufferDistributionSpec spec, ShardSpecBuffer,
                     TensorMemoryLayout layout)
      : spec_(std::move(spec)), layout_(layout) {}

  const std::optional<BufferDistributionSpec> &
  buffer_distribution_spec() const {
    return spec_;
  }
  TensorMemoryLayout buffer_layout() const { return layout_; }

  static BufferDistributionSpec matrix(const ShardSpecBuffer &spec) {
    const auto shard = spec.shape_in_pages();
    return BufferDistributionSpec(
        Shape{spec.tensor2d_shape_in_pages[0], spec.tensor2d_shape_in_pages[1]},
        Shape{shard[0], shard[1]}, spec.tensor_shard_spec.grid,
        spec.tensor_shard_spec.orientation);
  }

private:
  std::optional<BufferDistributionSpec> spec_;
  TensorMemoryLayout layout_ = TensorMemoryLayout::INTERLEAVED;
};

struct InterleavedBufferConfig {
  IDevice *device = nullptr;
  DeviceAddr size = 0;
  DeviceAddr page_size = 0;
  BufferType buffer_type = BufferType::DRAM;
};

struct ShardedBufferConfig {
  IDevice *device = nullptr;
  DeviceAddr size = 0;
  DeviceAddr page_size = 0;
  BufferType buffer_type = BufferType::L1;
  TensorMemoryLayout buffer_layout = TensorMemoryLayout::HEIGHT_SHARDED;
  ShardSpecBuffer shard_parameters;
};

class Buffer {
public:
  Buffer(EmuDevice *device, DeviceAddr size, DeviceAddr page_size,
         BufferType type, const BufferShardingArgs &sharding)
      : size_(size), page_size_(page_size), type_(type), sharding_(sharding) {
    EmuBufferSpec spec{};
    spec.size = size;
    spec.page_size = page_size;
    spec.l1 = type == BufferType::L1 || type == BufferType::L1_SMALL;
    std::vector<std::uint32_t> xs, ys, pages;
    if (sharding.buffer_distribution_spec()) {
      deal(*sharding.buffer_distribution_spec(), xs, ys, pages);
      spec.shards = static_cast<std::uint32_t>(xs.size());
      spec.shard_pages = static_cast<std::uint32_t>(pages.size() / xs.size());
      spec.core_x = xs.data();
      spec.core_y = ys.data();
      spec.page_of = pages.data();
    }
    handle_ = emu_buffer_create(device, &spec);
    emu_detail::check(handle_ != nullptr);
  }
  ~Buffer() { emu_buffer_free(handle_); }
  Buffer(const Buffer &) = delete;
  Buffer &operator=(const Buffer &) = delete;

  static std::shared_ptr<Buffer>
  create(IDevice *device, DeviceAddr size, DeviceAddr page_size,
         BufferType type, const BufferShardingArgs &sharding = {}) {
    return std::make_shared<Buffer>(emu_handle(device), size, page_size, type,
                                    sharding);
  }

  std::uint32_t address() const { return emu_buffer_address(handle_); }
  DeviceAddr size() const { return size_; }
  DeviceAddr page_size() const { return page_size_; }
  DeviceAddr aligned_page_size() const {
    EmuDeviceInfo info;
    emu_device_info(&info);
    const DeviceAddr align = is_dram() ? info.dram_align : info.l1_align;
    return (page_size_ + align - 1) / align * align;
  }
  std::uint32_t num_pages() const {
    return static_cast<std::uint32_t>(size_ / page_size_);
  }
  BufferType buffer_type() const { return type_; }
  bool is_dram() const { return type_ == BufferType::DRAM; }
  bool is_l1() const { return !is_dram(); }
  TensorMemoryLayout buffer_layout() const { return sharding_.buffer_layout(); }
  const BufferShardingArgs &sharding() const { return sharding_; }
  // Bytes that the fullest core holds.
  DeviceAddr aligned_size_per_bank() const {
    const auto &spec = sharding_.buffer_distribution_spec();
    EmuDeviceInfo info;
    emu_device_info(&info);
    const DeviceAddr banks =
        is_dram() ? info.dram_banks : info.grid_x * info.grid_y;
    if (!spec)
      return (num_pages() + banks - 1) / banks * aligned_page_size();
    DeviceAddr shards = 1;
    for (std::size_t d = 0; d < spec->tensor_shape_in_pages().rank(); ++d)
      shards *= extent(*spec, d);
    return (shards + spec->num_cores() - 1) / spec->num_cores() *
           spec->shard_shape_in_pages().volume() * aligned_page_size();
  }
  // Of the bank that holds page 0.
  CoreCoord noc_coordinates() const {
    std::uint32_t x = 0, y = 0;
    if (is_dram())
      emu_noc_of_dram(0, &x, &y);
    else
      emu_noc_of_core(0, 0, &x, &y);
    return {x, y};
  }
  void deallocate() { emu_buffer_release(handle_); }
  EmuBuffer *emu() const { return handle_; }

private:
  static std::uint32_t extent(const BufferDistributionSpec &spec,
                              std::size_t dim) {
    const auto at = static_cast<std::int64_t>(dim);
    const std::uint32_t shard = spec.shard_shape_in_pages()[at];
    return (spec.tensor_shape_in_pages()[at] + shard - 1) / shard;
  }

  // Deals the shards to the cores in turn and lists the pages of each.
  static void deal(const BufferDistributionSpec &spec,
                   std::vector<std::uint32_t> &xs,
                   std::vector<std::uint32_t> &ys,
                   std::vector<std::uint32_t> &pages) {
    const auto &tensor = spec.tensor_shape_in_pages().view();
    const auto &shard = spec.shard_shape_in_pages().view();
    TT_FATAL(tensor.size() == shard.size() && spec.num_cores() > 0,
             "a shard of rank {} of a tensor of rank {} on {} cores",
             shard.size(), tensor.size(), spec.num_cores());
    std::uint64_t shards = 1;
    for (std::size_t d = 0; d < tensor.size(); ++d)
      shards *= extent(spec, d);
    const std::uint64_t each = spec.shard_shape_in_pages().volume();
    pages.assign(static_cast<std::size_t>(shards * each), UINT32_MAX);
    for (std::uint64_t s = 0; s < shards; ++s) {
      const CoreCoord &core = spec.cores()[s % spec.num_cores()];
      xs.push_back(static_cast<std::uint32_t>(core.x));
      ys.push_back(static_cast<std::uint32_t>(core.y));
    }
    for (std::uint32_t page = 0; page < spec.tensor_shape_in_pages().volume();
         ++page) {
      std::uint64_t rest = page, at = 0, within = 0, stride = 1, step = 1;
      for (std::size_t d = tensor.size(); d-- > 0;) {
        const std::uint64_t index = rest % tensor[d];
        rest /= tensor[d];
        at += index / shard[d] * stride;
        within += index % shard[d] * step;
        stride *= extent(spec, d);
        step *= shard[d];
      }
      pages[static_cast<std::size_t>(at * each + within)] = page;
    }
  }

  DeviceAddr size_, page_size_;
  BufferType type_;
  BufferShardingArgs sharding_;
  EmuBuffer *handle_ = nullptr;
};

inline std::shared_ptr<Buffer>
CreateBuffer(const InterleavedBufferConfig &config) {
  return Buffer::create(config.device, config.size, config.page_size,
                        config.buffer_type);
}
inline std::shared_ptr<Buffer> CreateBuffer(const ShardedBufferConfig &config) {
  return Buffer::create(
      config.device, config.size, config.page_size, config.buffer_type,
      BufferShardingArgs(config.shard_parameters, config.buffer_layout));
}
inline void DeallocateBuffer(Buffer &buffer) { buffer.deallocate(); }

} // namespace tt::tt_metal
