// main.cpp - forms of the host interface, each with its result printed.

#include <third_party/magic_enum/magic_enum.hpp>
#include <tt-metalium/distributed.hpp>
#include <tt-metalium/host_api.hpp>
#include <tt-metalium/tensor_accessor_args.hpp>

#include <array>
#include <functional>
#include <numeric>
#include <span>
#include <unordered_map>
#include <unordered_set>

using namespace tt;
using namespace tt::tt_metal;

static const char kSum[] = R"(
#include "api/dataflow/dataflow_api.h"
void kernel_main() {
  uint32_t sum = 0;
  for (int i = 0; i < 3; ++i)
    sum = sum * 10 + get_arg_val<uint32_t>(i);
  DPRINT << "sum " << sum << " common " << get_common_arg_val<uint32_t>(0)
         << ENDL();
}
)";

static void launch(IDevice *device, Program &program) {
  EnqueueProgram(device->command_queue(), program, true);
}

// References to arguments are what the next launch sees, also after others were
// taken and the arguments were set anew.
static void arguments(IDevice *device) {
  const CoreCoord core(1, 0);
  Program first = CreateProgram();
  const KernelHandle kernel =
      CreateKernelFromString(first, kSum, core, ReaderDataMovementConfig());
  const std::array<std::uint32_t, 3> array = {1, 2, 3};
  SetRuntimeArgs(first, kernel, core, array);
  SetCommonRuntimeArgs(first, kernel, std::array<std::uint32_t, 1>{7});
  Program program = std::move(first);
  launch(device, program);
  auto &args = GetRuntimeArgs(program, kernel, core);
  args[0] = 4;
  auto &common = GetCommonRuntimeArgs(program, kernel);
  common[0] = 8;
  launch(device, program);
  auto &all = GetRuntimeArgs(program, kernel);
  all[core.x][core.y][1] = 5;
  launch(device, program);
  const std::vector<std::uint32_t> words = {9, 9, 6, 1, 2};
  SetRuntimeArgs(program, kernel, core,
                 std::span<const std::uint32_t>(words).subspan(2));
  args.at(2) = 3;
  launch(device, program);
  fmt::print("{} of {}, {} without\n", args.size(),
             std::accumulate(args.begin(), args.end(), 0u), all[0][0].size());
}

static void buffers(IDevice *device) {
  auto &queue = device->command_queue();
  auto buffer = CreateBuffer(InterleavedBufferConfig{
      .device = device, .size = 4096, .page_size = 2048});
  std::vector<std::uint32_t> in(1024), out(1024);
  std::iota(in.begin(), in.end(), 0u);
  EnqueueWriteBuffer(queue, *buffer, in.data(), false);
  EnqueueReadBuffer(queue, *buffer, out.data(), true);
  fmt::print("pointer {}", in == out);
  in[5] = 1;
  EnqueueWriteBuffer(queue, std::ref(*buffer), in, false);
  EnqueueReadBuffer(queue, std::ref(*buffer), out, true);
  fmt::print(", reference {}", in == out);
  in[6] = 1;
  EnqueueWriteBuffer(queue, buffer, in.data(), false);
  EnqueueReadBuffer(queue, buffer, out.data(), true);
  fmt::println(", shared {}", in == out);
}

static void cores() {
  const CoreRangeSet square(CoreRange({0, 0}, {3, 3}));
  const CoreRangeSet hole(CoreRange({1, 1}, {2, 2}));
  const CoreRangeSet ring = square.subtract(hole);
  fmt::print("{} cores of {} left, {} {} {}\n", ring.num_cores(),
             square.num_cores(), ring.intersects(hole),
             square.intersects(CoreRange({3, 3}, {5, 5})),
             square.intersection(hole).num_cores());
  fmt::print("{} {} {} {}\n", ring.contains(CoreCoord(1, 1)),
             square.contains(ring), ring.contains(square),
             square.subtract(square).empty());
  std::unordered_map<CoreCoord, int> numbers;
  for (const CoreRange &range : ring.ranges())
    for (const CoreCoord &core : range)
      numbers[core] += 1;
  const std::unordered_set<CoreRange> ranges(ring.ranges().begin(),
                                             ring.ranges().end());
  fmt::print("{} of {}\n", numbers.size(), ranges.size());
}

static void kernels(IDevice *device) {
  Program program = CreateProgram();
  const CoreCoord core(0, 0);
  const std::vector<UnpackToDestMode> modes(NUM_CIRCULAR_BUFFERS,
                                            UnpackToDestMode::Default);
  const std::uint32_t semaphore = CreateSemaphore(
      program, CoreRangeSet(CoreRange(core)), 0, tt::CoreType::WORKER);
  const char *text = R"(
#include "api/dataflow/dataflow_api.h"
void kernel_main() {
  DPRINT_DATA0(DPRINT << "noc " << (uint32_t)noc_index << " mode "
                      << (uint32_t)noc_mode << ENDL());
}
)";
  for (const auto processor :
       {DataMovementProcessor::RISCV_0, DataMovementProcessor::RISCV_1})
    CreateKernelFromString(
        program, text, core,
        DataMovementConfig{.processor = processor,
                           .noc = NOC::NOC_0,
                           .noc_mode = NOC_MODE::DM_DYNAMIC_NOC});
  launch(device, program);
  fmt::print("semaphore {}, {} modes\n", semaphore, modes.size());
  try {
    CreateKernelFromString(program, text, CoreCoord(1, 0),
                           DataMovementConfig{.noc = NOC::NOC_0});
    CreateKernelFromString(
        program, text, CoreCoord(1, 0),
        DataMovementConfig{.processor = DataMovementProcessor::RISCV_1,
                           .noc = NOC::NOC_0});
  } catch (const std::exception &error) {
    fmt::print("{}\n", error.what());
  }
}

static void formats() {
  fmt::print("[{:>{}}|{:.{}f}|{:#06x}|{:#x}|{:#X}|{:06d}|{:+05d}|{:#b}]\n", 7,
             5, 3.14159, 2, 255, 255, 255, -42, 7, 5);
  fmt::print("[{0:>{1}}|{1}|{{}}]\n", 7, 3);
  fmt::print("[{:<4}|{:*^5}|{:08.3f}|{:02x}|{:0>4}]\n", "a", "b", -3.14159, 10,
             "c");
  fmt::print("{} {} {}\n", CoreRange({0, 1}, {2, 3}), std::vector<int>{1, 2},
             static_cast<void *>(nullptr));
}

struct Operation {
  enum Kind { add = 0, sub = 1, mul = 7 };
  static auto all() { return magic_enum::enum_values<Kind>(); }
};

static void enumerators() {
  const char *before = "";
  for (const Operation::Kind kind : Operation::all()) {
    fmt::print("{}{} {}", before, static_cast<int>(kind),
               magic_enum::enum_name(kind));
    before = ", ";
  }
  fmt::print("; {} of {}\n",
             static_cast<int>(*magic_enum::enum_cast<Operation::Kind>("mul")),
             magic_enum::enum_count<Operation::Kind>());
}

// What comes after the file and line of a failed check.
static void attempt(const std::function<void()> &body) {
  try {
    body();
  } catch (const std::exception &error) {
    const std::string text = error.what();
    const auto at = text.find("Attempting");
    fmt::print("{}\n", at != text.npos
                           ? text.substr(at)
                           : text.substr(text.rfind(": ") == text.npos
                                             ? 0
                                             : text.rfind(": ") + 2));
  }
}

// The newer way to the same device, and the calls of its queue.
static void mesh() {
  using namespace tt::tt_metal::distributed;
  attempt([] { MeshDevice::create(MeshDeviceConfig(MeshShape(2, 2))); });
  auto mesh = MeshDevice::create(MeshDeviceConfig(MeshShape(1, 1)), 0, 1 << 20);
  auto &queue = mesh->mesh_command_queue();
  const Shape2D shard{32, 64};
  auto buffer = MeshBuffer::create(
      distributed::ShardedBufferConfig{.global_size = 4096,
                                       .global_buffer_shape = shard,
                                       .shard_shape = {32, 64}},
      DeviceLocalBufferConfig{.page_size = 2048}, mesh.get());
  std::vector<std::uint32_t> in(1024), out(1024);
  std::iota(in.begin(), in.end(), 0u);
  queue.enqueue_write_mesh_buffer(buffer, in.data(), false);
  queue.enqueue_wait_for_event(queue.enqueue_record_event());
  queue.enqueue_read_mesh_buffer(out.data(), buffer, true);
  MeshWorkload workload;
  queue.enqueue_mesh_workload(workload, true);
  fmt::print("mesh of {}x{}, shape {}x{}, queue {}", mesh->num_rows(),
             mesh->num_cols(), shard.height(), shard.width(), in == out);
  EnqueueReadMeshBuffer(queue, out, buffer);
  fmt::println(", again {}", in == out);
  const auto address = buffer->address();
  buffer->deallocate();
  auto next = MeshBuffer::create(ReplicatedBufferConfig{.size = 4096},
                                 DeviceLocalBufferConfig{.page_size = 2048},
                                 mesh.get());
  fmt::print("memory given back {}, ", next->address() == address);
  attempt([&] { EnqueueWriteMeshBuffer(queue, buffer, in); });
  mesh->close();
}

// A vector longer than its buffer; and what a shorter one leaves unwritten.
static void lengths() {
  IDevice *device = CreateDevice(0);
  auto buffer = CreateBuffer(InterleavedBufferConfig{
      .device = device, .size = 4096, .page_size = 4096});
  const std::vector<std::uint32_t> data(1025, 1);
  attempt([&] {
    EnqueueWriteBuffer(device->command_queue(), buffer, data, false);
  });
  DeallocateBuffer(*buffer);
  CloseDevice(device);
}

int main() {
  IDevice *device = CreateDevice(0);
  arguments(device);
  buffers(device);
  cores();
  kernels(device);
  formats();
  try {
    fmt::print(fmt::runtime("{} {}\n"), 1);
  } catch (const fmt::format_error &error) {
    fmt::print("{}\n", error.what());
  }
  CloseDevice(device);
  enumerators();
  mesh();
  lengths();
}
