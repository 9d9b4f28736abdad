/* tensor_accessor_args.hpp - the words that tell a kernel's TensorAccessor
 * where the pages of a buffer are.
 */
#pragma once

#include <tt-metalium/distributed.hpp>

namespace tensor_accessor {

enum class ArgConfig : std::uint8_t {
  None = 0,
  Sharded = 1,
  IsDram = 2,
  RuntimeRank = 4,
  RuntimeNumBanks = 8,
  RuntimeTensorShape = 16,
  RuntimeShardShape = 32,
  RuntimeBankCoords = 64,
  Runtime = 124
};

// Everything is given at compile time here, also what may be given later.
class ArgsConfig {
public:
  constexpr ArgsConfig(ArgConfig = ArgConfig::None) {}
};
constexpr ArgsConfig operator|(ArgConfig, ArgConfig) { return {}; }
constexpr ArgsConfig operator|(ArgsConfig, ArgConfig) { return {}; }

} // namespace tensor_accessor

namespace tt::tt_metal {

class TensorAccessorArgs {
public:
  TensorAccessorArgs() : words_{2, 0} {}
  explicit TensorAccessorArgs(const Buffer &buffer,
                              tensor_accessor::ArgsConfig = {}) {
    fill(buffer);
  }
  explicit TensorAccessorArgs(const Buffer *buffer,
                              tensor_accessor::ArgsConfig = {}) {
    fill(*buffer);
  }
  explicit TensorAccessorArgs(const std::shared_ptr<Buffer> &buffer,
                              tensor_accessor::ArgsConfig = {}) {
    fill(*buffer);
  }
  explicit TensorAccessorArgs(const distributed::MeshBuffer &buffer,
                              tensor_accessor::ArgsConfig = {}) {
    fill(*buffer.get_reference_buffer());
  }
  explicit TensorAccessorArgs(
      const std::shared_ptr<distributed::MeshBuffer> &buffer,
      tensor_accessor::ArgsConfig = {}) {
    fill(*buffer->get_reference_buffer());
  }

  static TensorAccessorArgs create_dram_interleaved() { return {}; }
  void append_to(std::vector<std::uint32_t> &compile_args) const {
    compile_args.insert(compile_args.end(), words_.begin(), words_.end());
  }
  void append_to(std::vector<std::uint32_t> &compile_args,
                 std::vector<std::uint32_t> &) const {
    append_to(compile_args);
  }
  std::vector<std::uint32_t> get_compile_time_args() const { return words_; }
  std::vector<std::uint32_t> get_common_runtime_args() const { return {}; }

private:
  void fill(const Buffer &buffer) {
    const auto &spec = buffer.sharding().buffer_distribution_spec();
    words_ = {(spec ? 1u : 0u) | (buffer.is_dram() ? 2u : 0u),
              static_cast<std::uint32_t>(buffer.page_size())};
    if (!spec)
      return;
    const auto &tensor = spec->tensor_shape_in_pages().view();
    const auto &shard = spec->shard_shape_in_pages().view();
    words_.push_back(static_cast<std::uint32_t>(tensor.size()));
    words_.push_back(static_cast<std::uint32_t>(spec->num_cores()));
    words_.insert(words_.end(), tensor.begin(), tensor.end());
    words_.insert(words_.end(), shard.begin(), shard.end());
    for (std::size_t i = 0; i < spec->num_cores(); i += 2) {
      const std::uint32_t second =
          i + 1 < spec->num_cores() ? packed(buffer, spec->cores()[i + 1]) : 0;
      words_.push_back(packed(buffer, spec->cores()[i]) | second << 16);
    }
  }
  static std::uint32_t packed(const Buffer &buffer, const CoreCoord &core) {
    std::uint32_t x = 0, y = 0;
    if (buffer.is_dram())
      emu_noc_of_dram(static_cast<std::uint32_t>(core.x), &x, &y);
    else
      emu_noc_of_core(static_cast<std::uint32_t>(core.x),
                      static_cast<std::uint32_t>(core.y), &x, &y);
    return x << 8 | y;
  }

  std::vector<std::uint32_t> words_;
};

} // namespace tt::tt_metal
