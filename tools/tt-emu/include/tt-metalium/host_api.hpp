/* host_api.hpp - the host interface: devices, buffers, programs, and the older
 * queue of a single device.
 */
#pragma once

#include <hostdevcommon/common_values.hpp>
#include <tt-logger/tt-logger.hpp>
#include <tt-metalium/assert.hpp>
#include <tt-metalium/buffer.hpp>
#include <tt-metalium/circular_buffer_config.hpp>
#include <tt-metalium/constants.hpp>
#include <tt-metalium/core_coord.hpp>
#include <tt-metalium/device.hpp>
#include <tt-metalium/kernel_types.hpp>
#include <tt-metalium/program.hpp>
#include <tt-metalium/tt_align.hpp>

#include <bit>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <iostream>

namespace tt::tt_metal {

inline std::size_t GetNumAvailableDevices() { return 1; }
inline std::size_t GetNumPCIeDevices() { return 1; }

template <class T>
void EnqueueWriteBuffer(CommandQueue &, Buffer &buffer,
                        const std::vector<T> &data, bool) {
  const DeviceAddr bytes = data.size() * sizeof(T);
  TT_FATAL(bytes <= buffer.size(),
           "Bounds-Error -- Attempting to write {} bytes to a {} byte buffer",
           bytes, buffer.size());
  emu_detail::check(emu_buffer_write(buffer.emu(), data.data(), bytes));
}
template <class T>
void EnqueueWriteBuffer(CommandQueue &queue,
                        const std::shared_ptr<Buffer> &buffer,
                        const std::vector<T> &data, bool blocking) {
  EnqueueWriteBuffer(queue, *buffer, data, blocking);
}
inline void EnqueueWriteBuffer(CommandQueue &, Buffer &buffer, const void *data,
                               bool) {
  emu_detail::check(emu_buffer_write(buffer.emu(), data, buffer.size()));
}
inline void EnqueueWriteBuffer(CommandQueue &queue,
                               const std::shared_ptr<Buffer> &buffer,
                               const void *data, bool blocking) {
  EnqueueWriteBuffer(queue, *buffer, data, blocking);
}
template <class T>
void EnqueueReadBuffer(CommandQueue &, Buffer &buffer, std::vector<T> &data,
                       bool) {
  data.resize(static_cast<std::size_t>(buffer.size() / sizeof(T)));
  emu_detail::check(
      emu_buffer_read(buffer.emu(), data.data(), data.size() * sizeof(T)));
}
template <class T>
void EnqueueReadBuffer(CommandQueue &queue,
                       const std::shared_ptr<Buffer> &buffer,
                       std::vector<T> &data, bool blocking) {
  EnqueueReadBuffer(queue, *buffer, data, blocking);
}
inline void EnqueueReadBuffer(CommandQueue &, Buffer &buffer, void *data,
                              bool) {
  emu_detail::check(emu_buffer_read(buffer.emu(), data, buffer.size()));
}
inline void EnqueueReadBuffer(CommandQueue &queue,
                              const std::shared_ptr<Buffer> &buffer, void *data,
                              bool blocking) {
  EnqueueReadBuffer(queue, *buffer, data, blocking);
}
inline void EnqueueProgram(CommandQueue &queue, Program &program, bool) {
  emu_detail::check(emu_program_launch(queue.device()->emu(), program.emu()));
}
inline void EnqueueProgram(CommandQueue &queue, Program *program, bool wait) {
  EnqueueProgram(queue, *program, wait);
}
inline void Finish(CommandQueue &) {}

namespace detail {

constexpr std::uint32_t TileSize(const tt::DataFormat &format) {
  return tt::tile_size(format);
}
inline void CompileProgram(IDevice *, Program &) {}
// There are no cycles, so there is no profile.
template <class... What> void DumpDeviceProfileResults(const What &...) {}
template <class... What> void ReadDeviceProfilerResults(const What &...) {}
inline void LaunchProgram(IDevice *device, Program &program, bool = true) {
  emu_detail::check(emu_program_launch(device->emu(), program.emu()));
}
template <class T>
void WriteToBuffer(Buffer &buffer, const std::vector<T> &data) {
  emu_detail::check(
      emu_buffer_write(buffer.emu(), data.data(), data.size() * sizeof(T)));
}
template <class T>
void WriteToBuffer(const std::shared_ptr<Buffer> &buffer,
                   const std::vector<T> &data) {
  WriteToBuffer(*buffer, data);
}
template <class T> void ReadFromBuffer(Buffer &buffer, std::vector<T> &data) {
  data.resize(static_cast<std::size_t>(buffer.size() / sizeof(T)));
  emu_detail::check(
      emu_buffer_read(buffer.emu(), data.data(), data.size() * sizeof(T)));
}
template <class T>
void ReadFromBuffer(const std::shared_ptr<Buffer> &buffer,
                    std::vector<T> &data) {
  ReadFromBuffer(*buffer, data);
}
inline bool WriteToDeviceL1(IDevice *device, const CoreCoord &core,
                            std::uint32_t address,
                            const std::vector<std::uint32_t> &data) {
  return emu_core_write(device->emu(), static_cast<std::uint32_t>(core.x),
                        static_cast<std::uint32_t>(core.y), address,
                        data.data(),
                        static_cast<std::uint32_t>(data.size() * 4));
}
inline bool ReadFromDeviceL1(IDevice *device, const CoreCoord &core,
                             std::uint32_t address, std::uint32_t bytes,
                             std::vector<std::uint32_t> &data) {
  data.resize((bytes + 3) / 4);
  return emu_core_read(device->emu(), static_cast<std::uint32_t>(core.x),
                       static_cast<std::uint32_t>(core.y), address, data.data(),
                       bytes);
}
inline bool WriteToDeviceDRAMChannel(IDevice *device, int channel,
                                     std::uint32_t address,
                                     const std::vector<std::uint32_t> &data) {
  return emu_dram_write(device->emu(), static_cast<std::uint32_t>(channel),
                        address, data.data(),
                        static_cast<std::uint32_t>(data.size() * 4));
}
inline bool ReadFromDeviceDRAMChannel(IDevice *device, int channel,
                                      std::uint32_t address,
                                      std::uint32_t bytes,
                                      std::vector<std::uint32_t> &data) {
  data.resize((bytes + 3) / 4);
  return emu_dram_read(device->emu(), static_cast<std::uint32_t>(channel),
                       address, data.data(), bytes);
}

} // namespace detail

template <class... What> void DumpDeviceProfileResults(const What &...) {}
template <class... What> void ReadMeshDeviceProfilerResults(const What &...) {}

} // namespace tt::tt_metal
