/* device.hpp - the device: one chip, seen as IDevice by older programs. */
#pragma once

#include <tt-emu/host.h>
#include <tt-metalium/buffer.hpp>
#include <tt-metalium/core_coord.hpp>
#include <tt-metalium/tt_backend_api_types.hpp>

#include <memory>
#include <utility>
#include <vector>

namespace tt::tt_metal {

// The queue of the older path; everything enqueued runs at once.
class CommandQueue {
public:
  explicit CommandQueue(IDevice *device) : device_(device) {}
  IDevice *device() const { return device_; }

private:
  IDevice *device_;
};

// Answers about memory.
class Allocator {
public:
  std::uint32_t get_alignment(BufferType type) const {
    EmuDeviceInfo info;
    emu_device_info(&info);
    return type == BufferType::DRAM ? info.dram_align : info.l1_align;
  }
  std::uint32_t get_base_allocator_addr(const std::uint8_t &) const {
    EmuDeviceInfo info;
    emu_device_info(&info);
    return info.l1_base;
  }
  template <class Kind> DeviceAddr get_base_allocator_addr(Kind) const {
    EmuDeviceInfo info;
    emu_device_info(&info);
    return info.l1_base;
  }
  std::uint32_t get_num_banks(BufferType type) const {
    EmuDeviceInfo info;
    emu_device_info(&info);
    return type == BufferType::DRAM ? info.dram_banks
                                    : info.grid_x * info.grid_y;
  }
};

enum class HalMemType { L1, DRAM };

class IDevice {
public:
  IDevice() : handle_(emu_device_open()), queue_(this) {
    emu_detail::check(handle_ != nullptr);
    emu_device_info(&info_);
  }
  virtual ~IDevice() { close(); }
  IDevice(const IDevice &) = delete;
  IDevice &operator=(const IDevice &) = delete;

  bool close() {
    if (handle_)
      emu_device_close(handle_);
    handle_ = nullptr;
    return true;
  }
  int id() const { return 0; }
  ARCH arch() const {
    return info_.blackhole ? ARCH::BLACKHOLE : ARCH::WORMHOLE_B0;
  }
  CoreCoord compute_with_storage_grid_size() const {
    return {info_.grid_x, info_.grid_y};
  }
  CoreCoord logical_grid_size() const {
    return compute_with_storage_grid_size();
  }
  CoreCoord grid_size() const { return compute_with_storage_grid_size(); }
  CoreCoord dram_grid_size() const { return {info_.dram_banks, 1}; }
  int num_dram_channels() const { return static_cast<int>(info_.dram_banks); }
  std::uint32_t l1_size_per_core() const { return info_.l1_size; }
  DeviceAddr dram_size_per_channel() const { return info_.dram_bank_size; }
  std::uint32_t num_worker_cores() const { return info_.grid_x * info_.grid_y; }
  CoreCoord worker_core_from_logical_core(const CoreCoord &core) const {
    std::uint32_t x = 0, y = 0;
    emu_detail::check(emu_noc_of_core(static_cast<std::uint32_t>(core.x),
                                      static_cast<std::uint32_t>(core.y), &x,
                                      &y));
    return {x, y};
  }
  CoreCoord physical_worker_core_from_logical_core(const CoreCoord &c) const {
    return worker_core_from_logical_core(c);
  }
  std::vector<CoreCoord>
  worker_cores_from_logical_cores(const std::vector<CoreCoord> &cores) const {
    std::vector<CoreCoord> all;
    for (const CoreCoord &core : cores)
      all.push_back(worker_core_from_logical_core(core));
    return all;
  }
  CoreCoord dram_core_from_dram_channel(std::uint32_t bank) const {
    std::uint32_t x = 0, y = 0;
    emu_noc_of_dram(bank, &x, &y);
    return {x, y};
  }
  template <class Noc>
  std::vector<CoreCoord>
  get_optimal_dram_bank_to_logical_worker_assignment(Noc) const {
    std::vector<CoreCoord> cores;
    for (std::uint32_t bank = 0; bank < info_.dram_banks; ++bank)
      cores.emplace_back(bank % info_.grid_x, bank / info_.grid_x);
    return cores;
  }
  const std::unique_ptr<Allocator> &allocator() const { return allocator_; }
  template <class Kind> std::uint32_t allocator_base(Kind) const {
    return info_.l1_base;
  }
  CommandQueue &command_queue(std::size_t = 0) { return queue_; }
  bool is_initialized() const { return handle_ != nullptr; }
  EmuDevice *emu() const { return handle_; }

private:
  EmuDevice *handle_;
  EmuDeviceInfo info_{};
  CommandQueue queue_;
  std::unique_ptr<Allocator> allocator_ = std::make_unique<Allocator>();
};

using Device = IDevice;

inline EmuDevice *emu_handle(IDevice *device) { return device->emu(); }

inline IDevice *CreateDevice(int, std::uint8_t = 1, std::size_t = 0,
                             std::size_t = 0) {
  return new IDevice();
}
inline bool CloseDevice(IDevice *device) {
  delete device;
  return true;
}

namespace hal {
inline std::uint32_t get_l1_alignment() {
  EmuDeviceInfo info;
  emu_device_info(&info);
  return info.l1_align;
}
inline std::uint32_t get_dram_alignment() {
  EmuDeviceInfo info;
  emu_device_info(&info);
  return info.dram_align;
}
inline std::uint32_t get_l1_size() {
  EmuDeviceInfo info;
  emu_device_info(&info);
  return info.l1_size;
}
inline std::uint32_t get_arch_num_circular_buffers() {
  EmuDeviceInfo info;
  emu_device_info(&info);
  return info.cbs;
}
inline ARCH get_arch() {
  EmuDeviceInfo info;
  emu_device_info(&info);
  return info.blackhole ? ARCH::BLACKHOLE : ARCH::WORMHOLE_B0;
}
} // namespace hal

} // namespace tt::tt_metal
