// main.cpp - runs one kernel on core (0,0), as `main KERNEL.cpp`. A kernel
// whose name begins with "compute" is a compute kernel.
//
// Runtime arguments: addresses of two buffers of 16 pages of 2 KB, the first
// one with words 0, 1, 2, ..., then 3 and 4, and the address of a tensor of 3 x
// 5 pages in shards of 2 x 2 on two cores, with words like the first.
// Compile-time arguments: 7, 8, the accessors of the three, and "nm" = 5.
// Circular buffers 0 to 3 and 16 have four pages of bf16; semaphore 0 is 0.

#include <tt-metalium/distributed.hpp>
#include <tt-metalium/host_api.hpp>
#include <tt-metalium/tensor_accessor_args.hpp>

#include <filesystem>
#include <numeric>

using namespace tt;
using namespace tt::tt_metal;

static void run(const std::filesystem::path &kernel) {
  const bool compute = kernel.filename().string().starts_with("compute");
  constexpr uint32_t page = 2048, pages = 16;
  const CoreCoord core(0, 0);
  auto mesh = distributed::MeshDevice::create_unit_mesh(0);
  auto &queue = mesh->mesh_command_queue();
  const auto buffer = [&] {
    return distributed::MeshBuffer::create(
        distributed::ReplicatedBufferConfig{.size = pages * page},
        distributed::DeviceLocalBufferConfig{.page_size = page,
                                             .buffer_type = BufferType::DRAM},
        mesh.get());
  };
  auto in = buffer(), out = buffer();
  std::vector<uint32_t> words(pages * page / 4);
  std::iota(words.begin(), words.end(), 0u);
  distributed::EnqueueWriteMeshBuffer(queue, in, words, false);

  auto dealt = distributed::MeshBuffer::create(
      distributed::ReplicatedBufferConfig{.size = 15 * page},
      distributed::DeviceLocalBufferConfig{
          .page_size = page,
          .buffer_type = BufferType::L1,
          .sharding_args = BufferShardingArgs(BufferDistributionSpec(
              Shape{3, 5}, Shape{2, 2}, CoreRangeSet(CoreRange({0, 0}, {1, 0})),
              ShardOrientation::ROW_MAJOR))},
      mesh.get());
  words.resize(15 * page / 4);
  distributed::EnqueueWriteMeshBuffer(queue, dealt, words, false);

  Program program = CreateProgram();
  for (const uint8_t index : {0, 1, 2, 3, 16})
    CreateCircularBuffer(
        program, core,
        CircularBufferConfig(4 * page, {{index, DataFormat::Float16_b}})
            .set_page_size(index, page));
  CreateSemaphore(program, core, 0);
  std::vector<uint32_t> args = {7, 8};
  TensorAccessorArgs(*in).append_to(args);
  TensorAccessorArgs(*out).append_to(args);
  TensorAccessorArgs(*dealt).append_to(args);
  const KernelHandle handle =
      compute ? CreateKernel(program, kernel.string(), core,
                             ComputeConfig{.compile_args = args})
              : CreateKernel(program, kernel.string(), core,
                             ReaderDataMovementConfig(args, {}, {{"nm", 5}}));
  SetRuntimeArgs(program, handle, core,
                 {in->address(), out->address(), 3, 4, dealt->address()});
  distributed::MeshWorkload workload;
  workload.add_program(distributed::MeshCoordinateRange(mesh->shape()),
                       std::move(program));
  distributed::EnqueueMeshWorkload(queue, workload, true);
  mesh->close();
}

int main(int, char **argv) try {
  run(argv[1]);
} catch (const std::exception &error) {
  std::cerr << error.what() << "\n";
  return 1;
}
