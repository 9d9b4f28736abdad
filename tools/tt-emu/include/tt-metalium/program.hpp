/* program.hpp - a program: kernels, circular buffers, semaphores, arguments. */
#pragma once

#include <tt-emu/host.h>
#include <tt-metalium/circular_buffer_config.hpp>
#include <tt-metalium/core_coord.hpp>
#include <tt-metalium/kernel_types.hpp>
#include <tt-metalium/runtime_args_data.hpp>

#include <initializer_list>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tt::tt_metal {

class Program {
public:
  Program() : handle_(emu_program_create()) {}
  ~Program() { emu_program_free(handle_); }
  Program(Program &&other) noexcept
      : handle_(std::exchange(other.handle_, nullptr)),
        args_(std::move(other.args_)) {}
  Program &operator=(Program &&other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(args_, other.args_);
    return *this;
  }
  EmuProgram *emu() const {
    TT_FATAL(handle_, "the program was moved into a workload");
    return handle_;
  }
  KernelArgs &args(KernelHandle kernel) const {
    std::unique_ptr<KernelArgs> &known = args_[kernel];
    if (!known)
      known = std::make_unique<KernelArgs>(emu(), kernel);
    return *known;
  }

private:
  EmuProgram *handle_;
  // What was given out by reference stays where it is.
  mutable std::map<KernelHandle, std::unique_ptr<KernelArgs>> args_;
};

inline Program CreateProgram() { return Program(); }

using Cores = std::variant<CoreCoord, CoreRange, CoreRangeSet>;

namespace emu_detail {

inline std::vector<EmuRange> ranges(const Cores &cores) {
  CoreRangeSet set;
  if (const auto *core = std::get_if<CoreCoord>(&cores))
    set = CoreRangeSet(CoreRange(*core));
  else if (const auto *range = std::get_if<CoreRange>(&cores))
    set = CoreRangeSet(*range);
  else
    set = std::get<CoreRangeSet>(cores);
  std::vector<EmuRange> out;
  for (const CoreRange &r : set.ranges())
    out.push_back({static_cast<std::uint32_t>(r.start_coord.x),
                   static_cast<std::uint32_t>(r.start_coord.y),
                   static_cast<std::uint32_t>(r.end_coord.x),
                   static_cast<std::uint32_t>(r.end_coord.y)});
  return out;
}

// Keeps the pointers of a kernel specification alive.
struct KernelText {
  std::vector<const char *> names, values, named;
  std::vector<std::uint32_t> named_values;
  EmuKernelSpec spec{};

  template <class Config>
  KernelText(const Config &config, const std::vector<EmuRange> &where) {
    for (const auto &[name, value] : config.defines) {
      names.push_back(name.c_str());
      values.push_back(value.c_str());
    }
    for (const auto &[name, value] : config.named_compile_args) {
      named.push_back(name.c_str());
      named_values.push_back(value);
    }
    spec.compile_args = config.compile_args.data();
    spec.compile_arg_count =
        static_cast<std::uint32_t>(config.compile_args.size());
    spec.define_names = names.data();
    spec.define_values = values.data();
    spec.define_count = static_cast<std::uint32_t>(names.size());
    spec.named = named.data();
    spec.named_values = named_values.data();
    spec.named_count = static_cast<std::uint32_t>(named.size());
    spec.ranges = where.data();
    spec.range_count = static_cast<std::uint32_t>(where.size());
  }
};

inline KernelHandle add_kernel(Program &program, const char *path,
                               const char *source, const Cores &cores,
                               const DataMovementConfig &config) {
  const auto where = ranges(cores);
  KernelText text(config, where);
  text.spec.path = path;
  text.spec.source = source;
  text.spec.kind = EMU_DATA_MOVEMENT;
  text.spec.processor = static_cast<std::uint32_t>(config.processor);
  text.spec.noc = static_cast<std::uint32_t>(config.noc);
  text.spec.dynamic_noc = config.noc_mode == NOC_MODE::DM_DYNAMIC_NOC;
  const KernelHandle handle = emu_program_kernel(program.emu(), &text.spec);
  check(handle != UINT32_MAX);
  return handle;
}

inline KernelHandle add_kernel(Program &program, const char *path,
                               const char *source, const Cores &cores,
                               const ComputeConfig &config) {
  const auto where = ranges(cores);
  KernelText text(config, where);
  std::vector<std::uint8_t> direct;
  for (const UnpackToDestMode mode : config.unpack_to_dest_mode)
    direct.push_back(mode == UnpackToDestMode::UnpackToDestFp32);
  text.spec.path = path;
  text.spec.source = source;
  text.spec.kind = EMU_COMPUTE;
  text.spec.fidelity = static_cast<std::uint32_t>(config.math_fidelity);
  text.spec.fp32_dest_acc_en = config.fp32_dest_acc_en;
  text.spec.dst_full_sync_en = config.dst_full_sync_en;
  text.spec.bfp8_pack_precise = config.bfp8_pack_precise;
  text.spec.math_approx_mode = config.math_approx_mode;
  text.spec.unpack_to_dest_fp32 = direct.data();
  text.spec.unpack_count = static_cast<std::uint32_t>(direct.size());
  const KernelHandle handle = emu_program_kernel(program.emu(), &text.spec);
  check(handle != UINT32_MAX);
  return handle;
}

using Config = std::variant<DataMovementConfig, ComputeConfig>;

inline KernelHandle add_any(Program &program, const char *path,
                            const char *source, const Cores &cores,
                            const Config &config) {
  return std::visit(
      [&](const auto &one) {
        return add_kernel(program, path, source, cores, one);
      },
      config);
}

} // namespace emu_detail

inline KernelHandle CreateKernel(Program &program, const std::string &file,
                                 const Cores &cores,
                                 const emu_detail::Config &config) {
  return emu_detail::add_any(program, file.c_str(), nullptr, cores, config);
}
inline KernelHandle CreateKernelFromString(Program &program,
                                           const std::string &source,
                                           const Cores &cores,
                                           const emu_detail::Config &config) {
  return emu_detail::add_any(program, nullptr, source.c_str(), cores, config);
}

inline CBHandle CreateCircularBuffer(Program &program, const Cores &cores,
                                     const CircularBufferConfig &config) {
  const auto where = emu_detail::ranges(cores);
  const std::uint32_t handle =
      emu_program_cb(program.emu(), where.data(),
                     static_cast<std::uint32_t>(where.size()), &config.emu());
  emu_detail::check(handle != UINT32_MAX);
  return handle;
}
namespace emu_detail {
inline EmuCbSpec &cb_spec(Program &program, CBHandle handle) {
  EmuCbSpec *spec =
      emu_program_cb_spec(program.emu(), static_cast<std::uint32_t>(handle));
  check(spec != nullptr);
  return *spec;
}
} // namespace emu_detail
inline void UpdateCircularBufferTotalSize(Program &program, CBHandle handle,
                                          std::uint32_t bytes) {
  emu_detail::cb_spec(program, handle).total = bytes;
}
inline void UpdateDynamicCircularBufferAddress(Program &program,
                                               CBHandle handle,
                                               const Buffer &buffer) {
  EmuCbSpec &spec = emu_detail::cb_spec(program, handle);
  spec.global = true;
  spec.global_address = buffer.address();
  spec.global_limit =
      static_cast<std::uint32_t>(buffer.aligned_size_per_bank());
}

inline std::uint32_t CreateSemaphore(Program &program, const Cores &cores,
                                     std::uint32_t initial) {
  const auto where = emu_detail::ranges(cores);
  const std::uint32_t id =
      emu_program_semaphore(program.emu(), where.data(),
                            static_cast<std::uint32_t>(where.size()), initial);
  emu_detail::check(id != UINT32_MAX);
  return id;
}
inline std::uint32_t CreateSemaphore(Program &program, const Cores &cores,
                                     std::uint32_t initial, CoreType type) {
  TT_FATAL(type == CoreType::WORKER, "only worker cores are emulated");
  return CreateSemaphore(program, cores, initial);
}

inline void SetRuntimeArgs(const Program &program, KernelHandle kernel,
                           const Cores &cores,
                           std::span<const std::uint32_t> args) {
  for (const EmuRange &r : emu_detail::ranges(cores))
    for (std::uint32_t y = r.y0; y <= r.y1; ++y)
      for (std::uint32_t x = r.x0; x <= r.x1; ++x)
        emu_detail::check(
            emu_program_args(program.emu(), kernel, x, y, args.data(),
                             static_cast<std::uint32_t>(args.size())));
}
inline void SetRuntimeArgs(const Program &program, KernelHandle kernel,
                           const Cores &cores,
                           std::initializer_list<std::uint32_t> args) {
  SetRuntimeArgs(program, kernel, cores, std::span(args.begin(), args.size()));
}
inline void
SetRuntimeArgs(const Program &program, KernelHandle kernel,
               const std::vector<CoreCoord> &cores,
               const std::vector<std::vector<std::uint32_t>> &args) {
  for (std::size_t i = 0; i < cores.size(); ++i)
    SetRuntimeArgs(program, kernel, Cores(cores[i]),
                   std::span<const std::uint32_t>(args.at(i)));
}
inline void SetCommonRuntimeArgs(const Program &program, KernelHandle kernel,
                                 std::span<const std::uint32_t> args) {
  emu_detail::check(
      emu_program_common_args(program.emu(), kernel, args.data(),
                              static_cast<std::uint32_t>(args.size())));
}
inline void SetCommonRuntimeArgs(const Program &program, KernelHandle kernel,
                                 std::initializer_list<std::uint32_t> args) {
  SetCommonRuntimeArgs(program, kernel, std::span(args.begin(), args.size()));
}

inline RuntimeArgsData &GetRuntimeArgs(const Program &program,
                                       KernelHandle kernel,
                                       const CoreCoord &core) {
  return program.args(kernel).of_core(core);
}
// By x, then y.
inline std::vector<std::vector<RuntimeArgsData>> &
GetRuntimeArgs(const Program &program, KernelHandle kernel) {
  return program.args(kernel).of_cores();
}
inline RuntimeArgsData &GetCommonRuntimeArgs(const Program &program,
                                             KernelHandle kernel) {
  return program.args(kernel).common();
}

} // namespace tt::tt_metal
