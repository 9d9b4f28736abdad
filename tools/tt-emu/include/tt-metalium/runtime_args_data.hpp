/* runtime_args_data.hpp - the arguments of a kernel, to be read or changed
 * between launches.
 */
#pragma once

#include <tt-emu/host.h>
#include <tt-metalium/assert.hpp>
#include <tt-metalium/core_coord.hpp>

#include <cstdint>
#include <vector>

namespace tt::tt_metal {

// The words of one core, or those common to all: what they are when it is
// asked.
class RuntimeArgsData {
public:
  RuntimeArgsData(EmuProgram *program, std::uint32_t kernel, std::uint32_t x,
                  std::uint32_t y, bool common)
      : program_(program), kernel_(kernel), x_(x), y_(y), common_(common) {}

  std::uint32_t &operator[](std::size_t at) const {
    TT_FATAL(at < size(), "runtime argument {} of {}", at, size());
    return data()[at];
  }
  std::uint32_t &at(std::size_t i) const { return (*this)[i]; }
  std::uint32_t *data() const {
    std::uint32_t count = 0;
    return emu_program_arg_words(program_, kernel_, x_, y_, common_, &count);
  }
  std::size_t size() const {
    std::uint32_t count = 0;
    emu_program_arg_words(program_, kernel_, x_, y_, common_, &count);
    return count;
  }
  bool empty() const { return size() == 0; }
  std::uint32_t *begin() const { return data(); }
  std::uint32_t *end() const { return data() + size(); }

private:
  EmuProgram *program_;
  std::uint32_t kernel_, x_, y_;
  bool common_;
};

// Of one kernel: [x][y] over the compute grid.
class KernelArgs {
public:
  KernelArgs(EmuProgram *program, std::uint32_t kernel)
      : common_(program, kernel, 0, 0, true) {
    EmuDeviceInfo info;
    emu_device_info(&info);
    for (std::uint32_t x = 0; x < info.grid_x; ++x) {
      cores_.emplace_back();
      for (std::uint32_t y = 0; y < info.grid_y; ++y)
        cores_[x].emplace_back(program, kernel, x, y, false);
    }
  }
  RuntimeArgsData &of_core(const CoreCoord &core) {
    TT_FATAL(core.x < cores_.size() && core.y < cores_[core.x].size(),
             "core {} is outside the compute grid", core.str());
    return cores_[core.x][core.y];
  }
  std::vector<std::vector<RuntimeArgsData>> &of_cores() { return cores_; }
  RuntimeArgsData &common() { return common_; }

private:
  std::vector<std::vector<RuntimeArgsData>> cores_;
  RuntimeArgsData common_;
};

} // namespace tt::tt_metal
