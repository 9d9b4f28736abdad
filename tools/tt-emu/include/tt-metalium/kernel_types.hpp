/* kernel_types.hpp - how a kernel is to be built and where it runs. */
#pragma once

#include <tt-metalium/tt_backend_api_types.hpp>

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace tt::tt_metal {

using KernelHandle = std::uint32_t;

enum class DataMovementProcessor { RISCV_0 = 0, RISCV_1 = 1 };
enum NOC : std::uint8_t {
  RISCV_0_default = 0,
  RISCV_1_default = 1,
  NOC_0 = 0,
  NOC_1 = 1
};
enum NOC_MODE : std::uint8_t { DM_DEDICATED_NOC = 0, DM_DYNAMIC_NOC = 1 };
enum class KernelBuildOptLevel : std::uint8_t { O1, O2, O3, O0, Os, Ofast, Oz };

struct DataMovementConfig {
  DataMovementProcessor processor = DataMovementProcessor::RISCV_0;
  NOC noc = NOC::RISCV_0_default;
  NOC_MODE noc_mode = NOC_MODE::DM_DEDICATED_NOC;
  std::vector<std::uint32_t> compile_args{};
  std::map<std::string, std::string> defines{};
  std::unordered_map<std::string, std::uint32_t> named_compile_args{};
  KernelBuildOptLevel opt_level = KernelBuildOptLevel::O2;
};

struct ReaderDataMovementConfig : public DataMovementConfig {
  ReaderDataMovementConfig(
      std::vector<std::uint32_t> args = {},
      std::map<std::string, std::string> definitions = {},
      std::unordered_map<std::string, std::uint32_t> named = {},
      KernelBuildOptLevel level = KernelBuildOptLevel::O2) {
    processor = DataMovementProcessor::RISCV_1;
    noc = NOC::NOC_0;
    compile_args = std::move(args);
    defines = std::move(definitions);
    named_compile_args = std::move(named);
    opt_level = level;
  }
};

struct WriterDataMovementConfig : public DataMovementConfig {
  WriterDataMovementConfig(
      std::vector<std::uint32_t> args = {},
      std::map<std::string, std::string> definitions = {},
      std::unordered_map<std::string, std::uint32_t> named = {},
      KernelBuildOptLevel level = KernelBuildOptLevel::O2) {
    processor = DataMovementProcessor::RISCV_0;
    noc = NOC::NOC_1;
    compile_args = std::move(args);
    defines = std::move(definitions);
    named_compile_args = std::move(named);
    opt_level = level;
  }
};

struct ComputeConfig {
  MathFidelity math_fidelity = MathFidelity::HiFi4;
  bool fp32_dest_acc_en = false;
  bool dst_full_sync_en = false;
  std::vector<UnpackToDestMode> unpack_to_dest_mode{};
  bool bfp8_pack_precise = false;
  bool math_approx_mode = false;
  std::vector<std::uint32_t> compile_args{};
  std::map<std::string, std::string> defines{};
  std::unordered_map<std::string, std::uint32_t> named_compile_args{};
  KernelBuildOptLevel opt_level = KernelBuildOptLevel::O3;
};

} // namespace tt::tt_metal
